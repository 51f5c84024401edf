/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* Moves of tasks between CPUs. */
#ifndef REZOLUS_MIGRATIONS_H
#define REZOLUS_MIGRATIONS_H

#include "core_fixes.h"
#include "scheduler_rows.h"

const volatile bool migrations = true;

/* The task still has its old CPU. The kernel comes here also where it keeps it. */
static __always_inline int on_migrate(struct task_struct *task, u32 to, bool typed)
{
	u32 from = task_cpu(task, typed);
	struct cgroup_counters *row;
	struct cpu_counters *cpu;

	if (!migrations || from == to)
		return 0;
	/* atomic: a task is moved by whichever CPU wants it */
	cpu = bpf_map_lookup_elem(&cpu_counters, &from);
	if (cpu)
		__sync_fetch_and_add(&cpu->moved_from, 1);
	cpu = bpf_map_lookup_elem(&cpu_counters, &to);
	if (cpu)
		__sync_fetch_and_add(&cpu->moved_to, 1);
	row = set_counters(FIELD(typed, task, cgroups), typed);
	if (row)
		__sync_fetch_and_add(&row->migrations, 1);
	return 0;
}

#endif
