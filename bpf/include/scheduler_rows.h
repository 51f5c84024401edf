/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* What is counted of each CPU and of each cgroup. */
#ifndef REZOLUS_SCHEDULER_ROWS_H
#define REZOLUS_SCHEDULER_ROWS_H

#include "cgroup.h"
#include "kernel_types.h"
#include "limits.h"
#include <bpf/bpf_helpers.h>

/* Layout known to io.rezolus.samplers.scheduler.CpuCounters. One cache line. */
struct cpu_counters {
	u64 involuntary;
	u64 voluntary;
	u64 wait;
	u64 discarded;
	u64 moved_from;
	u64 moved_to;
	u64 reserved[2];
};

/* Layout known to io.rezolus.samplers.scheduler.CgroupCounters. One cache line. */
struct cgroup_counters {
	u64 serial; /* whose counters these are */
	u64 wait;
	u64 blocked;
	u64 involuntary;
	u64 voluntary;
	u64 migrations;
	u64 reserved[2];
};

/* Sized to the possible CPUs before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAX_CPUS);
	__type(key, u32);
	__type(value, struct cpu_counters);
} cpu_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAX_CGROUPS);
	__type(key, u32);
	__type(value, struct cgroup_counters);
} cgroup_counters SEC(".maps");

/*
 * The id now belongs to another cgroup. Rows are cleared when their cgroup is
 * removed, so two CPUs that meet here find zeros and lose nothing; something is
 * left over only where the removal was missed. (Kernels before 5.12 have no
 * compare-and-swap that could tell the two apart.)
 */
static __always_inline void hand_over(struct cgroup_counters *row, u64 serial)
{
	if (row->serial) {
		row->wait = 0;
		row->blocked = 0;
		row->involuntary = 0;
		row->voluntary = 0;
		row->migrations = 0;
	}
	barrier();
	*(volatile u64 *)&row->serial = serial;
}

/* The cgroup has no tasks left, and its id is free for another one. */
static __always_inline int on_cgroup_rmdir(struct cgroup *cgroup, bool typed)
{
	u32 id = forget_cgroup(cgroup, typed);
	struct cgroup_counters *row = bpf_map_lookup_elem(&cgroup_counters, &id);

	if (id && row)
		hand_over(row, 0);
	return 0;
}

/* Counters of the cgroup of a css_set's tasks, or NULL where it has none within bounds. */
static __always_inline struct cgroup_counters *set_counters(struct css_set *set, bool typed)
{
	struct cgroup_subsys_state *css = set_css(set, typed);
	struct cgroup_counters *row;
	u64 serial;
	u32 id;

	if (!css)
		return NULL;
	read_css(css, &id, &serial, typed);
	if (!id)
		return NULL;
	row = bpf_map_lookup_elem(&cgroup_counters, &id);
	if (!row)
		return NULL;
	if (row->serial != serial) {
		hand_over(row, serial);
		remember_cgroup(css, id, serial, typed);
	}
	return row;
}

#endif
