/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Which cgroup a task's activity is charged to, and what that cgroup is called.
 *
 * The key is the css id of the cpu controller: small, so an array index, but
 * handed out again soon after a cgroup is removed. The css serial number is
 * never reused, and (id, serial) names one cgroup for good.
 *
 * The css is reached through task->cgroups, not task->sched_task_group: with
 * autogroup the latter is a nameless group without an id for every session.
 *
 * Names travel in an mmapable array, written once for each new serial number.
 * Nothing is queued, so nothing is dropped however rarely somebody reads, and
 * a new version of the object that takes over the maps finds every name in it.
 */
#ifndef REZOLUS_CGROUP_H
#define REZOLUS_CGROUP_H

#include "core_fixes.h"
#include "kernel_types.h"
#include "limits.h"
#include <bpf/bpf_helpers.h>

#define CGROUP_NAME_LENGTH 64

/* In css->flags since 4.13: its cgroup is being removed, or was. */
#define CSS_DYING (1 << 4)

/* Layout known to io.rezolus.core.bpfhost.CgroupNames: 26 longs. */
struct cgroup_info {
	u64 serial; /* 0: no cgroup here, or it was removed; written last */
	u32 level;
	u32 reserved;
	char name[CGROUP_NAME_LENGTH];
	char parent[CGROUP_NAME_LENGTH];
	char grandparent[CGROUP_NAME_LENGTH];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAX_CGROUPS);
	__type(key, u32);
	__type(value, struct cgroup_info);
} cgroup_info SEC(".maps");

/* The css of the cpu controller that the tasks of `set` belong to, or NULL. */
static __always_inline struct cgroup_subsys_state *set_css(struct css_set *set, bool typed)
{
	if (!set || !bpf_core_enum_value_exists(enum cgroup_subsys_id, cpu_cgrp_id))
		return NULL;
	return FIELD(typed, set, subsys[bpf_core_enum_value(enum cgroup_subsys_id, cpu_cgrp_id)]);
}

/* The css of the cpu controller that `task` belongs to, or NULL. */
static __always_inline struct cgroup_subsys_state *task_css(struct task_struct *task, bool typed)
{
	return set_css(FIELD(typed, task, cgroups), typed);
}

/*
 * The id of `css` and its serial number. Every kernel so far has them next to each
 * other, and one copy of both costs what a copy of one does.
 */
static __always_inline void read_css(struct cgroup_subsys_state *css, u32 *id, u64 *serial,
				     bool typed)
{
	struct {
		u32 id;
		u32 flags;
		u64 serial;
	} both;

	if (typed || bpf_core_field_offset(css->serial_nr) != bpf_core_field_offset(css->id) + 8) {
		*id = FIELD(typed, css, id);
		*serial = FIELD(typed, css, serial_nr);
		return;
	}
	if (bpf_probe_read_kernel(&both, sizeof(both),
				  (void *)css + bpf_core_field_offset(css->id)))
		both.id = 0;
	*id = both.id;
	*serial = both.serial;
}

static __always_inline void read_kernfs_name(char *to, struct kernfs_node *kn, bool typed)
{
	bpf_probe_read_kernel_str(to, CGROUP_NAME_LENGTH, FIELD(typed, kn, name));
}

/*
 * css ids start at 1: slot 0 counts the changes of the others, so that a reader
 * need not look at thousands of slots to find that nothing is new.
 */
static __always_inline void mark_change(void)
{
	u32 changes = 0;
	struct cgroup_info *info = bpf_map_lookup_elem(&cgroup_info, &changes);

	if (info)
		__sync_fetch_and_add(&info->serial, 1);
}

/*
 * Writes names and level of a cgroup not seen before. Two CPUs may do so at
 * once: they write the same bytes. Noinline: rare, and it would otherwise be
 * repeated at every use.
 */
static __always_inline void remember_cgroup(struct cgroup_subsys_state *css, u32 id, u64 serial,
					    bool typed)
{
	struct cgroup_info *info = bpf_map_lookup_elem(&cgroup_info, &id);
	struct kernfs_node *kn;
	struct cgroup *cgroup;

	if (!id || !info || info->serial == serial)
		return;
	/* what is left of its tasks outlives a cgroup and must not bring its name back */
	if (FIELD(typed, css, flags) & CSS_DYING)
		return;
	cgroup = FIELD(typed, css, cgroup);
	if (!cgroup)
		return;
	info->serial = 0;
	info->name[0] = 0;
	info->parent[0] = 0;
	info->grandparent[0] = 0;
	info->level = FIELD(typed, cgroup, level);
	kn = FIELD(typed, cgroup, kn);
	if (kn) {
		read_kernfs_name(info->name, kn, typed);
		kn = kernfs_parent(kn, typed);
	}
	if (kn) {
		read_kernfs_name(info->parent, kn, typed);
		kn = kernfs_parent(kn, typed);
	}
	if (kn)
		read_kernfs_name(info->grandparent, kn, typed);
	barrier(); /* names first, then the serial that vouches for them */
	*(volatile u64 *)&info->serial = serial;
	mark_change();
}

/*
 * The cgroup is gone: its name must not be exposed any more.
 *
 * Returns the css id that is free now, or 0 where the cgroup had none of its own.
 */
static __always_inline u32 forget_cgroup(struct cgroup *cgroup, bool typed)
{
	struct cgroup_subsys_state *css;
	struct cgroup_info *info;
	u32 id;

	if (!bpf_core_enum_value_exists(enum cgroup_subsys_id, cpu_cgrp_id))
		return 0;
	css = FIELD(typed, cgroup, subsys[bpf_core_enum_value(enum cgroup_subsys_id, cpu_cgrp_id)]);
	if (!css)
		return 0;
	/* a cgroup without an own css borrows its parent's, which lives on */
	if (FIELD(typed, css, cgroup) != cgroup)
		return 0;
	id = FIELD(typed, css, id);
	info = bpf_map_lookup_elem(&cgroup_info, &id);
	if (info && info->serial == FIELD(typed, css, serial_nr)) {
		info->serial = 0;
		mark_change();
	}
	return id;
}

#endif
