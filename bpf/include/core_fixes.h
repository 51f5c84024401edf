/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Where kernels differ, and how a field is read in each kind of program.
 *
 * In tp_btf, fentry and iterator programs a pointer carries its type: a field
 * is a plain load with fault fix-up. In raw_tp and kprobe programs it has to be
 * copied by a helper. `typed` says which; it is a constant at each call, so
 * only one of the two is compiled in.
 */
#ifndef REZOLUS_CORE_FIXES_H
#define REZOLUS_CORE_FIXES_H

#include "kernel_types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#define FIELD(typed, pointer, field)                                                               \
	({                                                                                         \
		typeof((pointer)->field) __value;                                                  \
		if (typed)                                                                         \
			__value = (pointer)->field;                                                \
		else                                                                               \
			bpf_core_read(&__value, sizeof(__value), &(pointer)->field);               \
		__value;                                                                           \
	})

/* 5.14 (2f064a59a11f): task_struct.state, a long, became __state, an unsigned int. */
struct task_struct___before_5_14 {
	long state;
} __attribute__((preserve_access_index));

static __always_inline bool task_is_running(struct task_struct *task, bool typed)
{
	struct task_struct___before_5_14 *old = (void *)task;

	if (bpf_core_field_exists(task->__state))
		return FIELD(typed, task, __state) == 0;
	return FIELD(typed, old, state) == 0;
}

/* 6.15 (633488947ef6): kernfs_node.parent became __parent. */
struct kernfs_node___since_6_15 {
	struct kernfs_node *__parent;
} __attribute__((preserve_access_index));

static __always_inline struct kernfs_node *kernfs_parent(struct kernfs_node *kn, bool typed)
{
	struct kernfs_node___since_6_15 *renamed = (void *)kn;

	if (bpf_core_field_exists(renamed->__parent))
		return FIELD(typed, renamed, __parent);
	return FIELD(typed, kn, parent);
}

/*
 * 5.16 (bcf9033e5449) moved the CPU from task_struct.cpu into thread_info on
 * arm64; x86 did so in 5.14-5.16 as well. Before, x86 and arm64 kept
 * task_struct.cpu with CONFIG_THREAD_INFO_IN_TASK.
 */
struct task_struct___with_cpu {
	unsigned int cpu;
} __attribute__((preserve_access_index));

static __always_inline u32 task_cpu(struct task_struct *task, bool typed)
{
	struct task_struct___with_cpu *old = (void *)task;

	if (bpf_core_field_exists(old->cpu))
		return FIELD(typed, old, cpu);
	return FIELD(typed, task, thread_info.cpu);
}

#endif
