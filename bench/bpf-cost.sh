#!/bin/sh
# bpf-cost.sh: nanoseconds per event of the hot BPF programs, beside empty ones. Root; linux-perf.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec java -cp "$here/target/classes:$here/target/lib/*" io.rezolus.bench.BpfCost
