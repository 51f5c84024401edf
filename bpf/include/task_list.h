/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Tasks are not announced: iterators walk them, at the start and when somebody reads.
 *
 * Since 7.x the kernel skips a program for what happens on a CPU where the same program
 * was preempted. Nothing here depends on a birth, so none can be missed. A missed exit
 * leaves no row behind, because only who is alive is listed, and whoever gets the pid
 * next starts from 0; what is lost is that the dead task's time counts as that of the
 * exited, unless a walk finds it before it is reaped. A missed exec by a thread that
 * does not lead is made good by the second walk that finds it. Both are in the count of
 * missed runs.
 */
#ifndef REZOLUS_TASK_LIST_H
#define REZOLUS_TASK_LIST_H

#include "task_time.h"

/* Layout known to io.rezolus.samplers.cpu.TaskRecords: 7 longs, native byte order. */
struct task_record {
	u32 pid;
	u32 tgid;
	u64 start_time;
	u64 usage;
	u32 css_id;
	u32 reserved;
	u64 css_serial;
	char comm[16];
};

/*
 * Run once, right after attaching: gives the tasks that exist their starting
 * point, so that not even their first tick is missed. A task that a hook has
 * met in the meantime keeps what the hook wrote.
 */
SEC("iter/task")
int prime_tasks(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct task_slot *slot;

	if (!task || task->pid == 0)
		return 0;
	slot = slot_of(task, task->pid);
	if (slot && slot->start_time == task->start_time)
		return 0;
	/* may have been freed, and then nobody removes what is added */
	if (task->exit_state && task->pid >= LOW_TIDS)
		return 0;
	slot = claim(task, task->pid, true);
	/* a dead leader whose process lives on: see task_exec */
	if (slot && task->flags & PF_EXITING && task->exit_state)
		slot->usage = EXITED;
	return 0;
}

/* Dead and not yet reaped. Its exit comes before that state: without a mark, it was missed. */
static __always_inline void make_up_exit(struct task_slot *slot, struct task_struct *task)
{
	if (slot->usage & EXITED)
		return;
	retire(slot, task, true);
	account(task, bpf_get_smp_processor_id(), true);
}

/*
 * Alive under the pid and start time of a task that exited: a thread whose exec is under
 * way, or was missed if the next walk finds the same. Then it starts anew from now on.
 */
static __always_inline void make_up_exec(struct task_slot *slot, struct task_struct *task)
{
	if (!(slot->usage & FOUND_ALIVE)) {
		add(&slot->usage, FOUND_ALIVE);
		return;
	}
	slot->utime = task->utime;
	slot->stime = task->stime;
	asm volatile("" ::: "memory");
	slot->usage = 0;
}

/* Writes a task_record for each living task that was charged anything. */
SEC("iter/task")
int list_tasks(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	struct cgroup_subsys_state *css;
	struct task_record record = {};
	struct task_slot *slot;

	if (!task)
		return 0;
	slot = slot_of(task, task->pid);
	if (!slot || slot->start_time != task->start_time)
		return 0;
	if (task->exit_state) {
		make_up_exit(slot, task);
		return 0;
	}
	record.usage = slot->usage;
	if (record.usage & EXITED && !(task->flags & PF_EXITING))
		make_up_exec(slot, task);
	if (record.usage == 0 || record.usage & EXITED)
		return 0;
	record.pid = task->pid;
	record.tgid = task->tgid;
	record.start_time = task->start_time;
	css = task_css(task, true);
	if (css && css->id > 0 && css->id < MAX_CGROUPS) {
		record.css_id = css->id;
		record.css_serial = css->serial_nr;
		remember_cgroup(css, record.css_id, record.css_serial, true);
	}
	bpf_probe_read_kernel_str(record.comm, sizeof(record.comm), task->comm);
	bpf_seq_write(ctx->meta->seq, &record, sizeof(record));
	return 0;
}

#endif
