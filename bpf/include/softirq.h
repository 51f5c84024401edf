/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * How often softirqs run on each CPU, and for how long.
 *
 * The kernel adds to /proc/softirqs right before the tracepoint and a softirq is
 * never interrupted by another, so that both agree and no run is missed. Only
 * where a kernel hides a task from all tracepoints, as hosting providers' are
 * known to do, do softirqs on top of that task stay unseen.
 */
#ifndef REZOLUS_SOFTIRQ_H
#define REZOLUS_SOFTIRQ_H

#include "cpu_rows.h"

#define SOFTIRQ_KINDS 10

struct softirq_row {
	u64 count[SOFTIRQ_KINDS];
	u64 time[SOFTIRQ_KINDS];
	u64 start; /* of the softirq that runs now, 0: none; they do not nest */
	u64 reserved[3];
};

SHARED_ARRAY(softirq_rows, struct softirq_row, MAX_CPUS);

static __always_inline struct softirq_row *softirq_row(u32 cpu)
{
	return bpf_map_lookup_elem(&softirq_rows, &cpu);
}

static __always_inline void softirq_begins(u32 kind)
{
	struct softirq_row *row = softirq_row(bpf_get_smp_processor_id());

	if (!row || kind >= SOFTIRQ_KINDS)
		return;
	add(&row->count[kind], 1);
	row->start = bpf_ktime_get_ns();
}

static __always_inline void softirq_ends(u32 kind)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct softirq_row *row = softirq_row(cpu);
	struct cpu_row *idle;
	u64 time;

	if (!row || kind >= SOFTIRQ_KINDS || row->start == 0)
		return;
	time = growth(bpf_ktime_get_ns(), row->start);
	row->start = 0;
	add(&row->time[kind], time);
	/* on an idle CPU no task is charged for it */
	if ((u32)bpf_get_current_pid_tgid() == 0) {
		idle = cpu_row(cpu);
		if (idle)
			add(&idle->system, time);
	}
}

#endif
