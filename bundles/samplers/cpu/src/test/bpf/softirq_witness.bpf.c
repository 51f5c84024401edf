/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * What tracepoints show of softirqs and, by the switches of tasks, whether they show all: on each
 * CPU, who leaves it is who got it last. Where that is not so, the kernel kept events back.
 */
#include "hook.h"
#include "limits.h"

char LICENSE[] SEC("license") = "GPL";

#define SOFTIRQ_KINDS 10

/* Layout known to io.rezolus.samplers.cpu.SoftirqWitness. */
struct row {
	u64 count[SOFTIRQ_KINDS];
	u64 running; /* the task that got this CPU last, 0: not seen yet */
	u64 gaps;    /* switches from another task than that */
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAX_CPUS);
	__type(key, u32);
	__type(value, struct row);
} rows SEC(".maps");

HOOK_SLOT(softirq_entry);
HOOK_SLOT(sched_switch);

HOOK(softirq_entry, tp_btf, "tp_btf/softirq_entry")
{
	u32 cpu = bpf_get_smp_processor_id();
	struct row *row = bpf_map_lookup_elem(&rows, &cpu);

	if (row && ctx[0] < SOFTIRQ_KINDS)
		__sync_fetch_and_add(&row->count[ctx[0]], 1);
	return 0;
}

HOOK(sched_switch, tp_btf, "tp_btf/sched_switch")
{
	u32 cpu = bpf_get_smp_processor_id();
	struct row *row = bpf_map_lookup_elem(&rows, &cpu);

	if (!row)
		return 0;
	if (row->running && row->running != ctx[1])
		__sync_fetch_and_add(&row->gaps, 1);
	row->running = ctx[2];
	return 0;
}
