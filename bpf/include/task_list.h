/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* Tasks are not announced: iterators walk them, at the start and when somebody reads. */
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
	u64 start_time;

	if (!task || task->pid == 0)
		return 0;
	slot = slot_of(task->pid);
	if (!slot)
		return 0;
	start_time = task->start_time;
	if (slot->start_time == start_time)
		return 0;
	take_over(slot, task, start_time, true);
	/* a dead leader whose process lives on: see task_exec */
	if (task->flags & PF_EXITING && task->exit_state)
		slot->usage = EXITED;
	return 0;
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
	slot = slot_of(task->pid);
	if (!slot || slot->start_time != task->start_time)
		return 0;
	record.usage = slot->usage;
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
