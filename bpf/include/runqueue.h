/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Where tasks spend the time in which they do not run, waiting for a CPU or
 * blocked, and how long they run before they are preempted.
 */
#ifndef REZOLUS_RUNQUEUE_H
#define REZOLUS_RUNQUEUE_H

#include "core_fixes.h"
#include "histogram.h"
#include "scheduler_rows.h"
#include "task_table.h"

const volatile bool runqueue = true;

/*
 * Monotonic stamps of one task, 0 where there is none. 32 bytes so that no slot
 * straddles two cache lines. Written under the run queue lock of the task.
 */
struct task_stamps {
	u64 runnable; /* woken up or preempted, not yet running */
	u64 running;  /* got the CPU */
	u64 blocked;  /* gave the CPU up and was not runnable any more */
	u64 reserved;
};

/*
 * Layout known to io.rezolus.samplers.scheduler.HistogramGroup.
 *
 * `since`: every wakeup and switch from this monotonic time on was seen; set by
 * user space after `runqueue` was switched off. Older stamps are left-overs.
 */
struct histograms {
	struct histogram wait;
	struct histogram running;
	struct histogram blocked;
	u64 since;
};

TASK_TABLE(task_stamps, struct task_stamps, 0);
TASK_CACHE(task_stamps);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct histograms);
} histograms SEC(".maps");

static __always_inline int on_wakeup(struct task_struct *task, bool typed)
{
	u32 pid = FIELD(typed, task, pid);
	struct task_stamps *stamps;

	if (!runqueue || !pid)
		return 0;
	stamps = STATE_OF_CACHED(task_stamps, task, pid, typed);
	if (stamps)
		stamps->runnable = bpf_ktime_get_ns();
	return 0;
}

/* As above, and there may be stamps of a dead task that had the same tid or, unseen, address. */
static __always_inline int on_wakeup_new(struct task_struct *task, bool typed)
{
	u32 pid = FIELD(typed, task, pid);
	struct task_stamps *stamps;

	if (!runqueue || !pid)
		return 0;
	if (pid >= LOW_TIDS)
		FORGET_CACHED(task_stamps, task, pid);
	stamps = STATE_OF_CACHED(task_stamps, task, pid, typed);
	if (!stamps)
		return 0;
	stamps->running = 0;
	stamps->blocked = 0;
	stamps->runnable = bpf_ktime_get_ns();
	return 0;
}

static __always_inline int on_free(struct task_struct *task, bool typed)
{
	return FORGET_CACHED(task_stamps, task, FIELD(typed, task, pid));
}

/*
 * `prev` leaves the CPU. As the kernel counts it (nivcsw, nvcsw): whoever is
 * preempted stays runnable even if it was about to block.
 *
 * sched_switch runs with interrupts off and is the only writer of these fields
 * of its own CPU's counters, so plain additions do.
 */
static __always_inline void switch_out(struct task_struct *prev, u32 pid, bool preempted, u64 now,
				       struct cpu_counters *cpu, struct cgroup_counters *row,
				       struct histograms *histograms, bool typed)
{
	struct task_stamps *stamps = STATE_OF_CACHED(task_stamps, prev, pid, typed);
	u64 running;

	if (!preempted && !task_is_running(prev, typed)) {
		cpu->voluntary += 1;
		if (row)
			__sync_fetch_and_add(&row->voluntary, 1);
		if (!stamps)
			return;
		stamps->runnable = 0;
		stamps->running = 0;
		stamps->blocked = now;
		return;
	}
	cpu->involuntary += 1;
	if (row)
		__sync_fetch_and_add(&row->involuntary, 1);
	if (!stamps)
		return;
	running = stamps->running;
	stamps->runnable = now;
	stamps->running = 0;
	stamps->blocked = 0;
	if (!running || running < histograms->since)
		return;
	if (running > now)
		cpu->discarded += 1;
	else
		histogram_add(&histograms->running, now - running);
}

/*
 * `next` gets the CPU. Tasks that take turns often share a cgroup: `row` is the
 * one of the tasks of `prev_set`, and what finds it is the dearest part of all.
 */
static __always_inline void switch_in(struct task_struct *next, u32 pid, u64 now,
				      struct cpu_counters *cpu, struct css_set *prev_set,
				      struct cgroup_counters *row, struct histograms *histograms,
				      bool typed)
{
	struct task_stamps *stamps = STATE_OF_CACHED(task_stamps, next, pid, typed);
	struct css_set *set;
	u64 runnable, blocked;

	if (!stamps)
		return;
	runnable = stamps->runnable;
	blocked = stamps->blocked;
	stamps->runnable = 0;
	stamps->running = now;
	stamps->blocked = 0;
	if (!runnable || runnable < histograms->since)
		return;
	/* stamped by another CPU, whose clock may be ahead */
	if (runnable > now) {
		cpu->discarded += 1;
		return;
	}
	set = FIELD(typed, next, cgroups);
	if (set != prev_set)
		row = set_counters(set, typed);
	cpu->wait += now - runnable;
	histogram_add(&histograms->wait, now - runnable);
	if (row)
		__sync_fetch_and_add(&row->wait, now - runnable);
	if (!blocked || blocked < histograms->since)
		return;
	if (blocked > runnable) {
		cpu->discarded += 1;
		return;
	}
	histogram_add(&histograms->blocked, runnable - blocked);
	if (row)
		__sync_fetch_and_add(&row->blocked, runnable - blocked);
}

static __always_inline int on_switch(bool preempted, struct task_struct *prev,
				     struct task_struct *next, bool typed)
{
	u32 zero = 0, processor = bpf_get_smp_processor_id();
	struct cgroup_counters *row = NULL;
	struct css_set *prev_set = NULL;
	struct histograms *all;
	struct cpu_counters *cpu;
	u32 prev_pid, next_pid;
	u64 now;

	if (!runqueue)
		return 0;
	cpu = bpf_map_lookup_elem(&cpu_counters, &processor);
	all = bpf_map_lookup_elem(&histograms, &zero);
	if (!cpu || !all)
		return 0;
	now = bpf_ktime_get_ns();
	/* pid 0 is the idle task of each CPU: always runnable, never waiting */
	prev_pid = typed ? prev->pid : (u32)bpf_get_current_pid_tgid(); /* still the current one */
	if (prev_pid) {
		prev_set = FIELD(typed, prev, cgroups);
		row = set_counters(prev_set, typed);
		switch_out(prev, prev_pid, preempted, now, cpu, row, all, typed);
	}
	next_pid = FIELD(typed, next, pid);
	if (next_pid)
		switch_in(next, next_pid, now, cpu, prev_set, row, all, typed);
	return 0;
}

#endif
