#!/bin/bash
# query.sh [JMH ARGUMENTS]: the query engine alone, over one hour of samples a second.
# Needs a finished build. Prints JMH's table; nothing is asserted. `query.sh ParseBench` runs one class.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
exec java -cp "$root/bench/target/classes:$root/bench/target/lib/*" org.openjdk.jmh.Main "${@:-io.rezolus.bench.query}"
