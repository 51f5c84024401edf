#!/bin/sh
# build.sh SUBSYSTEM|FILE.bpf.c OUTPUT: compiles bpf/SUBSYSTEM.bpf.c, or the file, for each
# architecture into OUTPUT/bpf/<arch>/<name>.bpf.o, with BTF and without debug sections.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
output=$2
case $1 in
*/*) source=$1 ;;
*) source=$here/$1.bpf.c ;;
esac
name=$(basename "$source" .bpf.c)
if command -v clang-format >/dev/null 2>&1; then
	clang-format --style="file:$here/../.clang-format" --dry-run -Werror "$source" "$here"/include/*.h
fi
for arch in x86_64 aarch64; do
	case $arch in
	x86_64) target=x86 ;;
	aarch64) target=arm64 ;;
	esac
	mkdir -p "$output/bpf/$arch"
	object=$output/bpf/$arch/$name.bpf.o
	clang -O2 -g -Wall -Werror -target bpf -mcpu=v3 "-D__TARGET_ARCH_$target" \
		"-ffile-prefix-map=$here=bpf" "-ffile-prefix-map=$(dirname "$source")=bpf" \
		"-fdebug-compilation-dir=bpf" "-I$here/include" -c "$source" -o "$object"
	llvm-strip -g "$object"
done
