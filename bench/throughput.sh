#!/bin/bash
# throughput.sh [ROUNDS]: what a subsystem takes from a workload that does nothing but cross its hooks:
# system calls with both syscall samplers on, a pipe with both scheduler samplers on, nothing else.
# Rounds with and without the agent alternate; medians. Root; linux-perf; needs a finished build.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
rounds=${1:-5}
work=$(mktemp -d)
agent=
trap 'if [ -n "$agent" ]; then kill "$agent"; fi; rm -rf "$work"' EXIT

# start SAMPLER...: an agent with these samplers alone
start() {
	printf '[general]\nlisten = "127.0.0.1:14242"\n[defaults]\nenabled = false\n' >"$work/agent.toml"
	printf '[samplers.%s]\nenabled = true\n' "$@" >>"$work/agent.toml"
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
	start syscall_counts syscall_latency
	seconds syscall basic -l 2000000 >>"$work/syscall.with"
	stop
	start scheduler_runqueue cpu_migrations
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
