#!/bin/sh
# natives.sh OUTPUT: copies libz, libelf and libbpf to OUTPUT/native/<arch>/. Those of the build
# machine's own architecture come from its installed packages; those of the other one from Debian's
# packages, which are fetched once and kept in ~/.cache/rezolus. An architecture whose libraries
# cannot be had is left out: the bundle then uses the system's libbpf there.
set -eu
output=$1
cache=${HOME:-/tmp}/.cache/rezolus

copy() { # ARCH ROOT TRIPLET
	for name in libz.so.1 libelf.so.1 libbpf.so.1; do
		for dir in "$2/usr/lib/$3" "$2/lib/$3"; do
			if [ -e "$dir/$name" ]; then
				mkdir -p "$output/native/$1"
				cp -fL "$dir/$name" "$output/native/$1/$name"
				continue 2
			fi
		done
		echo "natives: no $name for $1, its bundle will use the system's libbpf"
		rm -rf "$output/native/$1"
		return 0
	done
}

# The packages' names and versions are those of the installed ones.
fetch() { # DEBIAN_ARCH DESTINATION
	mkdir -p "$2.part" && cd "$2.part" || return 1
	for package in zlib1g libelf1 libbpf1; do
		version=$(dpkg-query -W -f '${Version}' "$package") || return 1
		source=$(dpkg-query -W -f '${source:Package}' "$package") || return 1
		file=${package}_${version#*:}_$1.deb
		case $source in lib*) letter=$(echo "$source" | cut -c1-4) ;; *) letter=$(echo "$source" | cut -c1) ;; esac
		apt-get -qq download "$package:$1=$version" 2>/dev/null ||
			curl -fsSL --max-time 20 -O "https://deb.debian.org/debian/pool/main/$letter/$source/$file" ||
			return 1
		dpkg-deb -x "$package"_*.deb root || return 1
	done
	cd / && mv "$2.part/root" "$2" && rm -rf "$2.part"
}

case $(uname -m) in
x86_64)
	copy x86_64 "" x86_64-linux-gnu
	other=aarch64 triplet=aarch64-linux-gnu debian=arm64
	;;
aarch64)
	copy aarch64 "" aarch64-linux-gnu
	other=x86_64 triplet=x86_64-linux-gnu debian=amd64
	;;
*) exit 0 ;;
esac
if [ -d "$cache/natives-$debian" ] || (fetch "$debian" "$cache/natives-$debian") >/dev/null 2>&1; then
	copy "$other" "$cache/natives-$debian" "$triplet"
else
	rm -rf "$cache/natives-$debian.part"
	echo "natives: Debian's $debian packages cannot be fetched, the $other side will use the system's libbpf"
fi
