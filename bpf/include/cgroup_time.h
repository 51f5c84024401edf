/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* CPU time of the tasks of each cgroup. */
#ifndef REZOLUS_CGROUP_TIME_H
#define REZOLUS_CGROUP_TIME_H

#include "cgroup.h"
#include "cpu_rows.h"

struct cgroup_row {
	u64 serial; /* whose times these are */
	u64 user;
	u64 system;
	u64 exited; /* part of the two above */
};

SHARED_ARRAY(cgroup_rows, struct cgroup_row, MAX_CGROUPS);

/* The times of the task's cgroup, from 0 where its id had belonged to another. */
static __always_inline struct cgroup_row *cgroup_row(struct task_struct *task, bool typed)
{
	struct cgroup_subsys_state *css = task_css(task, typed);
	struct cgroup_row *row;
	u64 serial;
	u32 id;

	if (!css)
		return NULL;
	read_css(css, &id, &serial, typed);
	if (id == 0 || id >= MAX_CGROUPS)
		return NULL;
	row = bpf_map_lookup_elem(&cgroup_rows, &id);
	if (!row)
		return NULL;
	if (row->serial != serial) {
		row->user = 0;
		row->system = 0;
		row->exited = 0;
		asm volatile("" ::: "memory");
		row->serial = serial;
	}
	remember_cgroup(css, id, serial, typed);
	return row;
}

#endif
