#!/bin/sh
# build.sh INCLUDE OUTPUT: compiles the rejected program for each architecture.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for arch in x86_64:x86 aarch64:arm64; do
	output=$2/bpf/${arch%:*}
	mkdir -p "$output"
	clang -O2 -g -Wall -Werror -target bpf -mcpu=v3 "-D__TARGET_ARCH_${arch#*:}" \
		"-ffile-prefix-map=$here=bpf" "-fdebug-compilation-dir=bpf" "-I$1" \
		-c "$here/rejected.bpf.c" -o "$output/rejected.bpf.o"
	llvm-strip -g "$output/rejected.bpf.o"
done
