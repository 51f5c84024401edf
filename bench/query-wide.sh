#!/bin/bash
# query-wide.sh [FOLDER]: 4 hours of 3000 counters, one sample a second (43 million samples, made in FOLDER or the
# default for temporary files): one question as a whole process, then again and again to a running `rezolus view`, and
# how its cost grows with series, samples, steps and the length of the window, of both: CPU time of whole processes, which
# read and decode what they need, and time of answers in the running one. Needs a finished build, curl, GNU time.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d -p "${1:-${TMPDIR:-/tmp}}")
view=
trap 'if [ -n "$view" ]; then kill "$view"; wait; fi; rm -rf "$work"' EXIT
rezolus=$root/launcher/target/dist/bin/rezolus
java -cp "$root/bench/target/classes:$root/bench/target/lib/*" io.rezolus.bench.query.CounterRecording \
	14400 3000 "$work/wide.parquet"
echo "$(nproc) CPUs, load $(cut -d ' ' -f 1-3 /proc/loadavg), $(stat -c %s "$work/wide.parquet") bytes"
for _ in 1 2 3; do
	/usr/bin/time -f 'whole process: %e s, %U s user, %S s system, %M KB' "$rezolus" query "$work/wide.parquet" \
		'sum(rate(x[1m]))' 2>&1 >/dev/null | tail -n 1
done
# cold WHAT QUERY SECONDS STEP: CPU time of a whole process, the least of 3, and its memory
cold() {
	for _ in 1 2 3; do
		/usr/bin/time -f '%U %S %M' "$rezolus" query "$work/wide.parquet" "$2" --start "$((1700014400 - $3))" \
			--end 1700014399 --step "${4}s" --format csv 2>&1 >/dev/null | tail -n 1
	done | awk -v what="$1" 'NR == 1 || $1 + $2 < least { least = $1 + $2 } $3 > most { most = $3 }
		END { printf "%-28s cold %5.2f s of CPU time, %4d MB\n", what, least, most / 1024 }'
}
address=127.0.0.1:$((20000 + RANDOM % 9000))
"$rezolus" view "$work/wide.parquet" --listen "$address" 2>"$work/view" &
view=$!
for _ in $(seq 300); do
	if curl -sf -o /dev/null "http://$address/api/v1/labels"; then break; fi
	sleep 0.1
done
# ask WHAT QUERY SECONDS STEP: the first and the least of 7 times in ms
ask() {
	for _ in $(seq 7); do
		curl -sf -o /dev/null -w '%{time_total}\n' "http://$address/api/v1/query_range" --data-urlencode "query=$2" \
			-d start=$((1700014400 - $3)) -d end=1700014399 -d step="$4"
	done | awk -v what="$1" 'NR == 1 { first = $1 } NR == 1 || $1 < least { least = $1 }
		END { printf "%-28s first %7.1f ms, least %7.1f ms\n", what, 1000 * first, 1000 * least }'
}
ask 'running process' 'sum(rate(x[1m]))' 14400 240
# every WAY: the same questions, cold or asked
every() {
	for series in '[0-9]|[1-9][0-9]|[1-6][0-9][0-9]|7[0-4][0-9]' '[0-9]{1,3}|1[0-4][0-9]{2}' '.*'; do
		"$1" "series $series" "sum(rate(x{id=~\"$series\"}[1m]))" 14400 15
	done
	for seconds in 3600 7200 14400; do
		"$1" "samples of $seconds s" 'sum(rate(x[1m]))' "$seconds" $((seconds / 240))
	done
	for step in 60 30 15; do "$1" "steps $((14400 / step))" 'sum(rate(x[1m]))' 14400 "$step"; done
	for window in 1m 10m 1h; do "$1" "window $window" "sum(rate(x[$window]))" 14400 15; done
}
every ask
echo "view: $(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$view/status") MiB at most; load $(cut -d ' ' -f 1-3 /proc/loadavg)"
kill "$view"
wait
view=
every cold
echo "load $(cut -d ' ' -f 1-3 /proc/loadavg)"
