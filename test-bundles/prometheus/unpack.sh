#!/bin/sh
# unpack.sh: puts Debian's Prometheus server and promtool where the tests and benchmarks look for them:
# ${XDG_CACHE_HOME:-~/.cache}/rezolus/prometheus/usr/bin. The package is unpacked and not installed, as
# installing it starts a service.
set -eu
folder=${XDG_CACHE_HOME:-$HOME/.cache}/rezolus/prometheus
if [ -x "$folder/usr/bin/prometheus" ] && [ -x "$folder/usr/bin/promtool" ]; then
	exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
	echo "no apt-get; put prometheus and promtool into $folder/usr/bin" >&2
	exit 1
fi
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# the download drops privileges to a user that cannot read a folder of root's
download() { (cd "$work" && apt-get -qq -o APT::Sandbox::User=root download prometheus); }
if ! download 2>/dev/null; then
	# the lists of a fresh machine are empty or old
	apt-get -qq update && download
fi
dpkg -x "$work"/prometheus_*.deb "$folder"
