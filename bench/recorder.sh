#!/bin/bash
# recorder.sh [SECONDS [INTERVAL...]]: what recording the whole agent costs, to parquet and to .rez: samples due and taken,
# CPU, memory, how long the end takes, size. REZOLUS= names another distribution, URL= an agent that runs already,
# FORMATS= fewer formats. Needs a finished build, root, bc; prints a table, nothing is asserted.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
rezolus=${REZOLUS:-$root/launcher/target/dist/bin/rezolus}
seconds=${1:-300}
shift || true
work=$(mktemp -d)
agent=
trap '[ -z "$agent" ] || kill "$agent" 2>/dev/null || true; rm -rf "$work"' EXIT
if [ -z "${URL:-}" ]; then
	port=$((20000 + RANDOM % 10000))
	printf '[general]\nlisten = "127.0.0.1:%s"\n' "$port" >"$work/agent.toml"
	REZOLUS_SHELL_SOCKET=$work/shell.sock "$rezolus" "$work/agent.toml" 2>"$work/log" &
	agent=$!
	URL=http://127.0.0.1:$port
	until curl -sf -o /dev/null "$URL/metrics/binary"; do
		kill -0 "$agent" || { cat "$work/log"; exit 1; }
		sleep 0.05
	done
fi
hertz=$(getconf CLK_TCK)
cpu() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
peak() { awk '/VmHWM/ { printf "%.0f", $2 / 1024 }' "/proc/$1/status" 2>/dev/null; }
echo "kernel $(uname -r), $(nproc) CPUs, $(java -version 2>&1 | head -n 1), load $(cut -d' ' -f1-3 /proc/loadavg)"
printf '%-9s %-8s %7s %7s %6s %7s %8s %9s %9s %10s %s\n' \
	format interval due samples cpu_% cpu0_s rss_MiB end_rss end_ms bytes load
for interval in "${@:-50ms}"; do
	for format in ${FORMATS:-parquet rez}; do
		file=$work/recording.$format
		rm -f "$file"
		"$rezolus" record --url "$URL" --interval "$interval" --format "$format" -o "$file" 2>"$work/said" &
		recorder=$!
		# the first seconds start the virtual machine and compile; they are told apart
		sleep 5
		start=$(cpu "$recorder")
		began=$(date +%s%N)
		sleep $((seconds - 5))
		spent=$(($(cpu "$recorder") - start))
		took=$(($(date +%s%N) - began))
		rss=$(peak "$recorder")
		stopped=$(date +%s%N)
		kill "$recorder"
		end_rss=$rss
		while now=$(peak "$recorder") && [ -n "$now" ]; do
			end_rss=$now
			sleep 0.005
		done
		wait "$recorder" || cat "$work/said"
		ended=$(date +%s%N)
		"$rezolus" recording export "$file" --to csv --metric cgroup_cpu_usage 2>/dev/null |
			awk -F, -v ms="$(case $interval in *ms) echo "${interval%ms}" ;; *) echo "$((${interval%s} * 1000))" ;; esac)" '
				$1 ~ /^[0-9]+$/ { n++; if (n == 1) first = substr($1, 1, 13); last = substr($1, 1, 13) }
				END { print int((last - first) / ms + 1.5), n }' >"$work/rows" || true
		read -r due samples <"$work/rows" || { due=?; samples=?; }
		printf '%-9s %-8s %7s %7s %6.1f %7.1f %8s %9s %9s %10s %s\n' "$format" "$interval" "$due" "$samples" \
			"$(echo "100 * $spent / $hertz * 1000000000 / $took" | bc -l)" "$(echo "$start / $hertz" | bc -l)" \
			"$rss" "$end_rss" $(((ended - stopped) / 1000000)) "$(stat -c %s "$file")" "$(cut -d' ' -f1 /proc/loadavg)"
	done
done
