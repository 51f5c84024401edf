#!/bin/bash
# query-http.sh [ROUNDS]: range queries over HTTP, answered in JSON by `rezolus view` and by a Prometheus server with
# the same samples: 1 hour of 128 counters, one sample and one step a second. Requests alternate; warm medians.
# On a busy machine `chrt -r 5` in front lets the three of them run first.
# Needs a finished build, curl, and Prometheus (test-bundles/prometheus/unpack.sh). Nothing is asserted.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-21}
prometheus=${XDG_CACHE_HOME:-$HOME/.cache}/rezolus/prometheus/usr/bin
work=$(mktemp -d)
running=()
trap 'kill "${running[@]}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
java -cp "$root/bench/target/classes:$root/bench/target/lib/*" io.rezolus.bench.query.CounterRecording \
	3600 128 "$work/x.parquet" "$work/x.om"
"$prometheus/promtool" tsdb create-blocks-from openmetrics "$work/x.om" "$work/blocks" >"$work/load" 2>&1
: >"$work/empty.yml"
ours=127.0.0.1:$((20000 + RANDOM % 5000))
theirs=127.0.0.1:$((25000 + RANDOM % 5000))
"$prometheus/prometheus" --config.file="$work/empty.yml" --storage.tsdb.path="$work/blocks" \
	--storage.tsdb.retention.time=100y --web.listen-address="$theirs" --log.level=error 2>"$work/prometheus" &
running+=($!)
"$root/launcher/target/dist/bin/rezolus" view "$work/x.parquet" --listen "$ours" 2>"$work/view" &
running+=($!)
for url in "http://$ours/api/v1/labels" "http://$theirs/-/ready"; do
	for _ in $(seq 200); do
		if curl -sf -o /dev/null "$url"; then break; fi
		sleep 0.1
	done
done
# ask ADDRESS QUERY FILE: notes the time in s; no other process starts meanwhile, and what a server does after its
# answer (to collect garbage, to compile) is not counted to the other
ask() {
	sleep 0.03
	curl -sf -o /dev/null -w '%{time_total}\n' "http://$1/api/v1/query_range" --data-urlencode "query=$2" \
		-d start=1700000000 -d end=1700003599 -d step=1 >>"$3"
}
# both in ms
median() { tail -n "$rounds" "$1" | sort -n | awk '{ v[NR] = $1 } END { print 1000 * v[int((NR + 1) / 2)] }'; }
least() { tail -n "$rounds" "$1" | sort -n | awk 'NR == 1 { print 1000 * $1 }'; }
echo "$(nproc) CPUs, load $(cut -d ' ' -f 1-3 /proc/loadavg), $("$prometheus/prometheus" --version 2>&1 | head -n 1)"
printf '%-30s %22s %22s %8s\n' query "rezolus ms (least)" "Prometheus ms (least)" ratio
n=0
for query in 'sum by (id) (rate(x[1m]))' 'topk(5, rate(x[5m]))' 'sum(rate(x[1m]))' 'x' 'sum(irate(x[1m]))'; do
	n=$((n + 1))
	# the first ones let the JVM compile
	for _ in $(seq $((rounds + 10))); do
		ask "$ours" "$query" "$work/ours.$n"
		ask "$theirs" "$query" "$work/theirs.$n"
	done
	a=$(median "$work/ours.$n")
	b=$(median "$work/theirs.$n")
	printf '%-30s %12.1f (%7.1f) %12.1f (%7.1f) %7.1fx\n' "$query" "$a" "$(least "$work/ours.$n")" \
		"$b" "$(least "$work/theirs.$n")" "$(awk -v a="$a" -v b="$b" 'BEGIN { print b / a }')"
done
echo "load $(cut -d ' ' -f 1-3 /proc/loadavg)"
