/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * CPU time of each task: what its task_struct says, minus what was counted at
 * the last look, goes to the task, its cgroup and a CPU.
 */
#ifndef REZOLUS_TASK_TIME_H
#define REZOLUS_TASK_TIME_H

#include "cgroup_time.h"
#include "core_fixes.h"
#include "cpu_rows.h"
#include "task_table.h"

#define PF_EXITING 0x4

/* Set in task_slot.usage once the total was moved to the exited tasks. */
#define EXITED (1ull << 63)

/* Set in addition by a walk that finds the task alive all the same. */
#define FOUND_ALIVE (1ull << 62)

/* The task that last had this tid or address; two of them never share a start_time. */
struct task_slot {
	u64 start_time;
	u64 utime; /* as of the last look */
	u64 stime;
	u64 usage; /* counted so far, user and system */
};

TASK_TABLE(task_slots, struct task_slot, 0);
/* When the first program ran (CLOCK_MONOTONIC); survives a new version of this object. */
SHARED_ARRAY(watching_since, u64, 1);

/* NULL: a task not met so far. */
static __always_inline struct task_slot *slot_of(struct task_struct *task, u32 pid)
{
	return FIND_TASK(task_slots, task, pid);
}

/* When counting began. The first to ask decides. */
static __always_inline u64 since(void)
{
	u32 zero = 0;
	u64 *since = bpf_map_lookup_elem(&watching_since, &zero);

	if (!since)
		return 0;
	if (*since == 0)
		*since = bpf_ktime_get_ns();
	return *since;
}

/*
 * A task not seen before. One that started under our eyes has all its time
 * still to be counted; of an older one, what it used before is not ours.
 */
static __always_inline void take_over(struct task_slot *slot, struct task_struct *task,
				      u64 start_time, bool typed)
{
	bool born_here = start_time > since();

	slot->utime = born_here ? 0 : FIELD(typed, task, utime);
	slot->stime = born_here ? 0 : FIELD(typed, task, stime);
	slot->usage = 0;
	asm volatile("" ::: "memory");
	slot->start_time = start_time;
}

/*
 * The slot of the task, or NULL where there is no room for one. The entry of a high
 * tid stays with a thread that by exec gets the tid of its leader, and with it the
 * leader's earlier start; whoever has the address of a dead task started later.
 */
static __always_inline struct task_slot *claim(struct task_struct *task, u32 pid, bool typed)
{
	struct task_slot *slot = STATE_OF_TASK(task_slots, task, pid, typed);
	u64 start_time = FIELD(typed, task, start_time);

	if (!slot || slot->start_time == start_time)
		return slot;
	if (pid >= LOW_TIDS && slot->start_time > start_time) {
		slot->start_time = start_time;
		return slot;
	}
	if (pid >= LOW_TIDS && slot->start_time) {
		forget_task(&task_slots_high, task);
		slot = STATE_OF_TASK(task_slots, task, pid, typed);
		if (!slot)
			return NULL;
	}
	take_over(slot, task, start_time, typed);
	return slot;
}

/* Counts what the task used since the last look. Not to be interrupted by itself: see exit. */
static __always_inline void account(struct task_struct *task, u32 cpu, bool typed)
{
	u32 pid = FIELD(typed, task, pid);
	u64 utime, stime, user, system;
	struct cgroup_row *cgroup;
	struct task_slot *slot;
	struct cpu_row *row;
	bool exited;

	if (pid == 0)
		return;
	slot = claim(task, pid, typed);
	if (!slot)
		return;
	exited = slot->usage & EXITED;
	/*
	 * A thread that calls exec gets pid and start_time of its dead leader,
	 * but not its times: wait for sched_process_exec to bring the slot along.
	 */
	if (exited && !(FIELD(typed, task, flags) & PF_EXITING))
		return;
	utime = FIELD(typed, task, utime);
	stime = FIELD(typed, task, stime);
	user = growth(utime, slot->utime);
	system = growth(stime, slot->stime);
	if (user + system == 0)
		return;
	slot->utime = utime;
	slot->stime = stime;
	if (!exited)
		add(&slot->usage, user + system);
	row = cpu_row(cpu);
	if (row) {
		add(&row->user, user);
		add(&row->system, system);
		if (exited)
			add(&row->exited, user + system);
	}
	cgroup = cgroup_row(task, typed);
	if (cgroup) {
		add(&cgroup->user, user);
		add(&cgroup->system, system);
		if (exited)
			add(&cgroup->exited, user + system);
	}
}

/* What the task has used so far belongs to one that is gone. */
static __always_inline void retire(struct task_slot *slot, struct task_struct *task, bool typed)
{
	struct cpu_row *row = cpu_row(bpf_get_smp_processor_id());
	struct cgroup_row *cgroup;
	u64 total;

	add(&slot->usage, EXITED);
	total = slot->usage & ~EXITED;
	if (row)
		add(&row->exited, total);
	cgroup = cgroup_row(task, typed);
	if (cgroup)
		add(&cgroup->exited, total);
}

/*
 * A tick may interrupt this on the same CPU. With the mark in usage it counts
 * what it sees as exited and leaves usage alone. After the mark there is
 * nothing left to take but where ticks do not charge the task, and then none
 * interferes.
 */
static __always_inline void task_exit(struct task_struct *task, bool typed)
{
	struct task_slot *slot;

	account(task, bpf_get_smp_processor_id(), typed);
	slot = slot_of(task, FIELD(typed, task, pid));
	if (slot && slot->start_time == FIELD(typed, task, start_time) && !(slot->usage & EXITED))
		retire(slot, task, typed);
}

/*
 * exec by a thread that does not lead its process: it goes on under the pid
 * and start_time of the leader, which has exited. Its slot moves with it.
 */
static __always_inline void task_exec(struct task_struct *task, u32 old_pid, bool typed)
{
	u32 pid = FIELD(typed, task, pid);
	struct task_slot *from, *to;

	if (pid == old_pid)
		return;
	if (pid >= LOW_TIDS && old_pid >= LOW_TIDS) {
		claim(task, pid, typed);
		return;
	}
	from = slot_of(task, old_pid);
	to = STATE_OF_TASK(task_slots, task, pid, typed);
	if (!from || !to)
		return;
	/* a slot of someone else, who must have exited: the thread was never charged */
	if (from->usage & EXITED || from->start_time == 0) {
		to->utime = 0;
		to->stime = 0;
	} else {
		to->utime = from->utime;
		to->stime = from->stime;
	}
	to->start_time = FIELD(typed, task, start_time);
	asm volatile("" ::: "memory");
	to->usage = from->usage & EXITED ? 0 : from->usage;
	from->usage = EXITED;
}

#endif
