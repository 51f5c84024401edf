#!/bin/bash
# throughput.sh: what a running agent takes from a workload that does nothing but cross our hooks.
# Rounds with and without the agent alternate; medians. Root; linux-perf; needs a finished build.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-5}
work=$(mktemp -d)
agent=
trap 'if [ -n "$agent" ]; then kill "$agent"; fi; rm -rf "$work"' EXIT
printf '[general]\nlisten = "127.0.0.1:14242"\n' >"$work/agent.toml"

start() {
	REZOLUS_SHELL_SOCKET=$work/shell "$root/launcher/target/dist/bin/rezolus" "$work/agent.toml" 2>"$work/log" &
	agent=$!
	until curl -sf -o /dev/null http://127.0.0.1:14242/status; do
		kill -0 "$agent" || { cat "$work/log"; exit 1; }
		sleep 0.1
	done
}
stop() {
	kill "$agent"
	wait "$agent" || true
	agent=
}
seconds() { taskset -c 1 perf bench "$@" 2>&1 | awk '/Total time/ { print $3 }'; }
for _ in $(seq "$rounds"); do
	seconds syscall basic -l 2000000 >>"$work/syscall.without"
	seconds sched pipe -l 100000 >>"$work/pipe.without"
	start
	seconds syscall basic -l 2000000 >>"$work/syscall.with"
	seconds sched pipe -l 100000 >>"$work/pipe.with"
	stop
done
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
for what in syscall pipe; do
	without=$(median "$work/$what.without")
	with=$(median "$work/$what.with")
	awk -v w="$what" -v a="$without" -v b="$with" \
		'BEGIN { printf "%-8s without %.3f s, with %.3f s: %+.0f %%\n", w, a, b, 100 * (b / a - 1) }'
done
