/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* How many calls of each class were entered, on each CPU and in each cgroup. */
#ifndef REZOLUS_SYSCALL_ROWS_H
#define REZOLUS_SYSCALL_ROWS_H

#include "cgroup.h"
#include "kernel_types.h"
#include "limits.h"
#include "syscall_classes.h"
#include <bpf/bpf_helpers.h>

/* Two cache lines. */
struct class_counters {
	u64 entries[SYSCALL_CLASSES];
};

/* One for each CPU; resized to the possible CPUs. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAX_CPUS);
	__type(key, u32);
	__type(value, struct class_counters);
} cpu_counters SEC(".maps");

struct cgroup_row {
	u64 serial; /* of the cgroup that was counted here; 0: all counters are 0 */
	struct class_counters counters;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAX_CGROUPS);
	__type(key, u32);
	__type(value, struct cgroup_row);
} cgroup_counters SEC(".maps");

/*
 * Kernels before 5.12 know no atomic operation but add, so this is a plain
 * store that the compiler leaves where it is.
 */
static __always_inline void set_serial(struct cgroup_row *row, u64 serial)
{
	*(volatile u64 *)&row->serial = serial;
	barrier();
}

/* Whoever sees the serial gone does not take the counters' fall for a reading. */
static __always_inline void clear_row(struct cgroup_row *row)
{
	set_serial(row, 0);
	__builtin_memset(&row->counters, 0, sizeof(row->counters));
}

static __always_inline void count_in_cgroup(struct task_struct *task, u32 class, bool typed)
{
	struct cgroup_subsys_state *css = task_css(task, typed);
	struct cgroup_row *row;
	u64 serial;
	u32 id;

	if (!css)
		return;
	read_css(css, &id, &serial, typed);
	row = bpf_map_lookup_elem(&cgroup_counters, &id);
	if (!row)
		return;
	if (row->serial != serial) {
		/*
		 * A row is cleared when its cgroup goes, so that two CPUs that meet
		 * here find nothing to clear and lose nothing. It is left over only
		 * where that was missed.
		 */
		if (row->serial)
			clear_row(row);
		set_serial(row, serial);
		remember_cgroup(css, id, serial, typed);
	}
	__sync_fetch_and_add(&row->counters.entries[class], 1);
}

static __always_inline void count_on_cpu(u32 class)
{
	u32 key = bpf_get_smp_processor_id();
	struct class_counters *cpu = bpf_map_lookup_elem(&cpu_counters, &key);

	if (cpu)
		__sync_fetch_and_add(&cpu->entries[class], 1);
}

/* Charges to this cgroup have ended: it has no tasks left. */
static __always_inline void on_cgroup_rmdir(struct cgroup *cgroup, bool typed)
{
	u32 id = forget_cgroup(cgroup, typed);
	struct cgroup_row *row = bpf_map_lookup_elem(&cgroup_counters, &id);

	if (id && row)
		clear_row(row);
}

#endif
