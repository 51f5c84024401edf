#!/bin/sh
# build.sh SUBSYSTEM OUTPUT: compiles bpf/SUBSYSTEM.bpf.c for each architecture into
# OUTPUT/bpf/<arch>/SUBSYSTEM.bpf.o, with BTF and without debug sections.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
subsystem=$1
output=$2
if command -v clang-format >/dev/null 2>&1; then
	clang-format --style=file --dry-run -Werror "$here/$subsystem.bpf.c" "$here"/include/*.h
fi
for arch in x86_64 aarch64; do
	case $arch in
	x86_64) target=x86 ;;
	aarch64) target=arm64 ;;
	esac
	mkdir -p "$output/bpf/$arch"
	object=$output/bpf/$arch/$subsystem.bpf.o
	clang -O2 -g -Wall -Werror -target bpf -mcpu=v3 "-D__TARGET_ARCH_$target" \
		"-ffile-prefix-map=$here=bpf" "-fdebug-compilation-dir=bpf" \
		"-I$here/include" -c "$here/$subsystem.bpf.c" -o "$object"
	llvm-strip -g "$object"
done
