#!/bin/bash
# agent.sh [SECONDS]: what the whole agent costs on this machine at one scrape a second.
# Needs a finished build, root, curl. Prints a table; nothing is asserted.
# kernel.pid_max is 4194304 meanwhile, as systemd has it, and is put back.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
seconds=${1:-60}
port=${PORT:-$((20000 + RANDOM % 10000))}
work=$(mktemp -d)
agent=
pid_max=$(cat /proc/sys/kernel/pid_max)
trap 'kill $agent 2>/dev/null || true; echo "$pid_max" >/proc/sys/kernel/pid_max; rm -rf "$work"' EXIT
echo 4194304 >/proc/sys/kernel/pid_max
cat >"$work/agent.toml" <<T
[general]
listen = "127.0.0.1:$port"
T
url=http://127.0.0.1:$port
export REZOLUS_SHELL_SOCKET=$work/shell.sock # beside an agent that runs already
ticks=$(getconf CLK_TCK)
began=$(date +%s%N)
"$root/launcher/target/dist/bin/rezolus" "$work/agent.toml" 2>"$work/log" &
agent=$!
until curl -sf -o /dev/null "$url/metrics/binary"; do
	kill -0 "$agent" || { cat "$work/log"; exit 1; }
	sleep 0.02
done
ready=$((($(date +%s%N) - began) / 1000000))
# the rest of the start is not what a scrape costs
until grep -q ' ready in ' "$work/log"; do sleep 0.1; done
cpu() { awk '{ print $14 + $15 }' "/proc/$agent/stat"; }
before=$(cpu)
for _ in $(seq "$seconds"); do
	curl -sf -o "$work/body" -w '%{time_total}\n' "$url/metrics/binary" >>"$work/times"
	sleep 1
done
after=$(cpu)
rss=$(awk '/VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$agent/status")
# a collector keeps its connection: the same again from one client
curl -sf --rate 1/s -o /dev/null -w '%{time_total}\n' "$url/metrics/binary?[1-$((seconds / 2))]" >"$work/kept"
kept=$(cpu)
at() { sort -n "$2" | awk -v q="$1" '{ v[NR] = $1 } END { printf "%.1f", v[int((NR - 1) * q) + 1] * 1000 }'; }
share() { awk -v t="$1" -v h="$ticks" -v s="$2" 'BEGIN { printf "%.2f", 100 * t / h / s }'; }
echo "kernel $(uname -r), $(nproc) CPUs, $(java -version 2>&1 | head -n 1)"
head -n 1 "$work/log"
echo "first snapshot after        $ready ms from exec"
echo "RSS after $seconds s            $rss MiB"
echo "CPU                         $(share $((after - before)) "$seconds") % of one core, a connection per scrape"
echo "                            $(share $((kept - after)) $((seconds / 2))) % afterwards on one connection"
echo "scrape p50 / p99            $(at 0.5 "$work/times") / $(at 0.99 "$work/times") ms, $(stat -c %s "$work/body") bytes, a connection per scrape"
echo "                            $(at 0.5 "$work/kept") / $(at 0.99 "$work/kept") ms on one connection"
echo "threads, fds                $(ls "/proc/$agent/task" | wc -l), $(ls "/proc/$agent/fd" | wc -l)"
# each BPF map once, though more than one fd of the agent may be of it
for fd in "/proc/$agent/fdinfo/"*; do
	awk '$1 == "map_id:" { id = $2 } $1 == "memlock:" { bytes = $2 } END { if (id) print id, bytes }' "$fd"
done | sort -u | awk -v most="$(cat /proc/sys/kernel/pid_max)" \
	'{ s += $2 } END { printf "BPF map memory              %.1f MB at pid_max %d\n", s / 1e6, most }'
