#!/bin/bash
# recorder-long.sh [ROWS:COLUMNS:TASKS...]: how long the end of a recording takes by how much was recorded. An agent whose
# seconds pass with each question is asked every PERIOD (4ms), so that four hours of samples (14400) take a minute; TASKS new
# columns come with each sample and go with the next. ENDPOINTS=2 records two such agents into one file.
# REZOLUS= names another distribution. Needs a finished build; prints a table, nothing is asserted.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
rezolus=${REZOLUS:-$root/launcher/target/dist/bin/rezolus}
work=$(mktemp -d)
agents=()
trap 'for agent in "${agents[@]}"; do kill "$agent" 2>/dev/null || true; done; rm -rf "$work"' EXIT
peak() { awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status" 2>/dev/null; }
echo "kernel $(uname -r), $(nproc) CPUs, load $(cut -d' ' -f1-3 /proc/loadavg)"
printf '%7s %8s %6s %9s %8s %8s %8s %12s %11s %s\n' rows columns tasks endpoints rss_MiB end_rss end_ms bytes spool load
# the first run writes the class archive, which takes a while at its end
for case in 100:600:0 "${@:-600:600:0 3600:600:0 14400:600:0 600:3000:0 14400:3000:0 600:600:100}"; do
	for each in $case; do
		IFS=: read -r rows columns tasks <<<"$each"
		endpoints=()
		for ((i = 0; i < ${ENDPOINTS:-1}; i++)); do
			port=$((20000 + RANDOM % 10000))
			java -Xmx256m -cp "$root/bench/target/classes:$root/bench/target/lib/*" io.rezolus.bench.recorder.MadeUpAgent \
				"$port" "$columns" "$tasks" 2>/dev/null &
			agents+=($!)
			until curl -sf -o /dev/null "http://127.0.0.1:$port/served"; do sleep 0.05; done
			endpoints+=(--endpoint "127.0.0.1:$port,protocol=msgpack")
		done
		file=$work/recording.parquet
		"$rezolus" record "${endpoints[@]}" --interval "${PERIOD:-4ms}" -o "$file" 2>"$work/said" &
		recorder=$!
		while [ "$(curl -s "http://127.0.0.1:$port/served")" -lt "$rows" ]; do sleep 0.02; done
		spool=$(stat -c %s "$work"/*.spool | awk '{ sum += $1 } END { print sum }')
		rss=$(peak "$recorder")
		end_rss=$rss
		stopped=$(date +%s%N)
		kill "$recorder"
		while now=$(peak "$recorder") && [ -n "$now" ]; do
			end_rss=$now
			sleep 0.005
		done
		wait "$recorder" || cat "$work/said"
		ended=$(date +%s%N)
		grep writing "$work/said" | tail -n 1 || true
		printf '%7s %8s %6s %9s %8s %8s %8s %12s %11s %s\n' "$rows" "$columns" "$tasks" "${ENDPOINTS:-1}" "$rss" "$end_rss" \
			$(((ended - stopped) / 1000000)) "$(stat -c %s "$file")" "$spool" "$(cut -d' ' -f1 /proc/loadavg)"
		rm -f "$file"
		for agent in "${agents[@]}"; do kill "$agent"; done
		agents=()
	done
done
