#!/bin/bash
# recorder-long.sh [ROWS:COLUMNS:TASKS...]: how long the end of a recording takes by how much was recorded: from SIGTERM until
# the file has its name, and until the process is gone. An agent whose seconds pass with each question is asked every PERIOD
# (4ms), so that four hours of samples (14400) take a minute; TASKS new columns come with each sample and go with the next.
# ENDPOINTS=2 records two such agents into one file, FORMAT=rez into an archive; AHEAD=5 puts both ahead of other work
# (chrt -r). REZOLUS= names another distribution. Needs a finished build; prints a table, nothing is asserted.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
rezolus=${REZOLUS:-$root/launcher/target/dist/bin/rezolus}
classes=$root/bench/target/classes:$root/bench/target/lib/*
format=${FORMAT:-parquet}
work=$(mktemp -d)
agents=()
ahead=()
[ -z "${AHEAD:-}" ] || ahead=(chrt -r "$AHEAD")
trap 'for agent in "${agents[@]}"; do kill "$agent" 2>/dev/null || true; done; rm -rf "$work"' EXIT
echo "kernel $(uname -r), $(nproc) CPUs, load $(cut -d' ' -f1-3 /proc/loadavg)"
printf '%7s %8s %6s %9s %9s %8s %8s %8s %12s %11s %s\n' rows columns tasks endpoints placed_ms exit_ms rss_MiB end_rss bytes spool load
# the first run writes the class archive, which takes a while at its end
for case in 100:600:0 "${@:-600:600:0 3600:600:0 14400:600:0 600:3000:0 3600:3000:0 14400:3000:0 600:600:100}"; do
	for each in $case; do
		IFS=: read -r rows columns tasks <<<"$each"
		endpoints=()
		for ((i = 0; i < ${ENDPOINTS:-1}; i++)); do
			exec {said}< <(exec "${ahead[@]}" java -Xmx256m -cp "$classes" io.rezolus.bench.recorder.MadeUpAgent "$columns" "$tasks")
			agents+=($!)
			read -r port <&"$said"
			exec {said}<&-
			endpoints+=(--endpoint "127.0.0.1:$port,protocol=msgpack")
		done
		file=$work/recording.$format
		"${ahead[@]}" "$rezolus" record "${endpoints[@]}" --interval "${PERIOD:-4ms}" --format "$format" -o "$file" 2>"$work/said" &
		recorder=$!
		curl -s "http://127.0.0.1:$port/served?$rows"
		spool=$(cat "$work"/*.spool 2>/dev/null | wc -c)
		read -r placed exited rss end_rss < <(curl -s "http://127.0.0.1:$port/end?$recorder&$file")
		wait "$recorder" || cat "$work/said"
		grep writing "$work/said" | tail -n 1 || true
		printf '%7s %8s %6s %9s %9s %8s %8s %8s %12s %11s %s\n' "$rows" "$columns" "$tasks" "${ENDPOINTS:-1}" "$placed" "$exited" "$rss" \
			"$end_rss" "$(stat -c %s "$file")" "$spool" "$(cut -d' ' -f1 /proc/loadavg)"
		[ -z "${KEEP:-}" ] || cp "$file" "$KEEP"
		rm -f "$file"
		for agent in "${agents[@]}"; do kill "$agent"; done
		agents=()
	done
done
