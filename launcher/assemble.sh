#!/bin/sh
# assemble.sh ROOT VERSION: lays out target/dist from the exported modes and packs it.
set -eu
root=$1
version=$2
target=$(cd "$(dirname "$0")" && pwd)/target
dist=$target/dist
rm -rf "$dist" "$target"/rezolus-*.tar.gz
mkdir -p "$dist/lib/modes" "$dist/bundles" "$dist/deploy" "$dist/config"
cp -R "$target/../src/main/dist/." "$dist/"
cp "$target"/class-path/*.jar "$target/io.rezolus.launcher-$version.jar" "$dist/lib/"
# what users and consumers of the wire formats are told
release=${version%-SNAPSHOT}
printf '%s\n' "$release" >"$dist/lib/version"
if [ -d "$root/config" ]; then cp -R "$root/config/." "$dist/config/"; fi
for document in README.md LICENSE-APACHE LICENSE-MIT; do
	if [ -f "$root/$document" ]; then cp "$root/$document" "$dist/"; fi
done
for mode in "$target"/export/*/; do
	name=$(basename "$mode")
	(cd "$mode" && ls -- *.jar) >"$dist/lib/modes/$name.bundles"
	cp "$mode"/*.jar "$dist/bundles/"
done
find "$dist" -name .gitkeep -delete
chmod +x "$dist/bin/rezolus"
name=rezolus-$release
tar -C "$target" --sort=name --owner=0 --group=0 --numeric-owner --mtime=2026-01-01T00:00:00Z \
	--transform "s,^dist,$name," -cf - dist | gzip -n >"$target/$name.tar.gz"
