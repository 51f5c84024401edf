#!/bin/sh
# build.sh INCLUDE OUTPUT: compiles the test objects for this machine into OUTPUT/bpf/<arch>/.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
arch=$(uname -m)
mkdir -p "$2/bpf/$arch"
for source in "$here"/*.bpf.c; do
	object=$2/bpf/$arch/$(basename "$source" .c).o
	clang -O2 -g -Wall -Werror -target bpf -mcpu=v3 "-I$1" -c "$source" -o "$object"
done
