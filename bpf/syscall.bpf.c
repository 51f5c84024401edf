/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * System calls by class: how many were entered, on the host and in each
 * cgroup, and how long they took.
 *
 * One program on sys_enter serves both samplers; what a sampler that is off
 * would do is not compiled in. A call is classified once, on entry, and the
 * class travels to the exit in the low bits of its time stamp.
 *
 * Since 7.x programs on tracepoints can be preempted (6.18: not yet), and until
 * such a program has gone on, the kernel skips it for whatever else meets it on
 * that CPU. Where that happens, the same work hangs on sys_enter, sys_exit and
 * sched_process_fork a second time, under names that end in _again: the time
 * stamp tells them what the first have done already. That costs a call about
 * 14 % more time (6.18, x86_64: 145 of 1050 ns of getppid), so only a kernel that
 * was seen to skip pays. Lost is what meets two preempted tasks on one CPU, one in
 * each of the programs.
 */
#include "histogram.h"
#include "hook.h"
#include "syscall_rows.h"
#include "task_table.h"

char LICENSE[] SEC("license") = "GPL";

const volatile bool counts = false;
const volatile bool latency = false;
/* Calls are stamped though nobody asks how long they take. */
const volatile bool stamps = false;

#define CLASS_BITS 4

/*
 * The call each thread is in: its time of entry << CLASS_BITS | its class, or 0.
 * Mmapable so that user space can clear it.
 */
TASK_TABLE(starts, u64, BPF_F_MMAPABLE);
TASK_CACHE(starts);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SYSCALL_CLASSES);
	__type(key, u32);
	__type(value, struct histogram);
} latencies SEC(".maps");

/* Entries and exits that only the second program has seen. Rare, so not by CPU. */
enum made_up { MADE_UP_ENTRIES, MADE_UP_EXITS, MADE_UP_KINDS };

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MADE_UP_KINDS);
	__type(key, u32);
	__type(value, u64);
} made_up SEC(".maps");

HOOK_SLOT(sys_enter);
HOOK_SLOT(sys_enter_again);
HOOK_SLOT(sys_exit);
HOOK_SLOT(sys_exit_again);
HOOK_SLOT(sched_process_fork);
HOOK_SLOT(sched_process_fork_again);
HOOK_SLOT(sched_process_free);
HOOK_SLOT(cgroup_rmdir);

/* thread_info as far as it tells 32-bit calls, whose numbers mean something else. */
#if defined(__TARGET_ARCH_x86)
#define COMPAT_FLAG 0x2 /* TS_COMPAT: set for the duration of such a call */
struct thread_info___compat {
	u32 status;
} __attribute__((preserve_access_index));
#else
#define COMPAT_FLAG (1ul << 22) /* TIF_32BIT: set for such a process */
struct thread_info___compat {
	unsigned long flags;
} __attribute__((preserve_access_index));
#define status      flags
#endif

struct task_struct___compat {
	struct thread_info___compat thread_info;
} __attribute__((preserve_access_index));

static __always_inline bool in_compat_syscall(struct task_struct *task, bool typed)
{
	struct task_struct___compat *compat = (void *)task;

	return FIELD(typed, compat, thread_info.status) & COMPAT_FLAG;
}

static __always_inline struct task_struct *current_task(bool typed)
{
	return typed ? bpf_get_current_task_btf() : (struct task_struct *)bpf_get_current_task();
}

/* `task` must be the current one: a helper knows its tid where reading a field is dearer. */
static __always_inline u32 tid_of_current(struct task_struct *task, bool typed)
{
	return typed ? task->pid : (u32)bpf_get_current_pid_tgid();
}

static __always_inline void on_sys_enter(s64 number, bool typed)
{
	struct task_struct *task;
	u32 class = SYSCALL_OTHER;
	u64 *start;

	if (number < 0)
		return; /* a tracer called it off */
	task = current_task(typed);
	if (number < SYSCALL_NUMBERS && !in_compat_syscall(task, typed))
		class = syscall_classes[number] & (SYSCALL_CLASSES - 1);
	if (counts) {
		count_on_cpu(class);
		count_in_cgroup(task, class, typed);
	}
	if (latency || stamps) {
		start = STATE_OF_CACHED(starts, task, tid_of_current(task, typed), typed);
		if (start)
			*start = bpf_ktime_get_ns() << CLASS_BITS | class;
	}
}

static __always_inline void count_made_up(u32 kind)
{
	u64 *count = bpf_map_lookup_elem(&made_up, &kind);

	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline u64 *start_of_current(bool typed)
{
	struct task_struct *task = current_task(typed);

	return FIND_CACHED(starts, task, tid_of_current(task, typed));
}

/* After on_sys_enter, if that ran: then there is a stamp, unless there is no room for one. */
static __always_inline void on_sys_enter_again(s64 number, bool typed)
{
	struct task_struct *task = current_task(typed);
	u64 *start;

	if (number < 0)
		return;
	start = ADD_CACHED(starts, task, tid_of_current(task, typed), typed);
	if (!start || *start)
		return;
	count_made_up(MADE_UP_ENTRIES);
	on_sys_enter(number, typed);
}

static __always_inline void on_sys_exit(bool typed)
{
	struct histogram *histogram;
	u64 *start = start_of_current(typed);
	u64 entered;
	u64 now;
	u32 key;

	if (!start || !*start)
		return; /* entered before we looked, or never: the child's end of a fork */
	key = *start & (SYSCALL_CLASSES - 1);
	entered = *start >> CLASS_BITS;
	*start = 0;
	if (!latency)
		return;
	histogram = bpf_map_lookup_elem(&latencies, &key);
	now = bpf_ktime_get_ns();
	if (histogram && now >= entered)
		histogram_add(histogram, now - entered);
}

/* After on_sys_exit, if that ran: then there is no stamp any more. */
static __always_inline void on_sys_exit_again(bool typed)
{
	u64 *start = start_of_current(typed);

	if (!start || !*start)
		return;
	count_made_up(MADE_UP_EXITS);
	on_sys_exit(typed);
}

/*
 * A call that never returned (exit, or execve of a thread that became the
 * leader) leaves its stamp behind. Whoever gets that tid next is made here.
 */
static __always_inline void on_fork(struct task_struct *child, bool typed)
{
	u32 tid = FIELD(typed, child, pid);
	u64 *start = bpf_map_lookup_elem(&starts, &tid);

	if (start)
		*start = 0;
	else
		FORGET_CACHED(starts, child, tid);
}

static __always_inline int on_free(struct task_struct *task, bool typed)
{
	return FORGET_CACHED(starts, task, FIELD(typed, task, pid));
}

HOOK(sys_enter, tp_btf, "tp_btf/sys_enter")
{
	on_sys_enter(ctx[1], true);
	return 0;
}

HOOK(sys_enter, raw_tp, "raw_tp/sys_enter")
{
	on_sys_enter(ctx[1], false);
	return 0;
}

HOOK(sys_enter_again, tp_btf, "tp_btf/sys_enter")
{
	on_sys_enter_again(ctx[1], true);
	return 0;
}

HOOK(sys_enter_again, raw_tp, "raw_tp/sys_enter")
{
	on_sys_enter_again(ctx[1], false);
	return 0;
}

HOOK(sys_exit, tp_btf, "tp_btf/sys_exit")
{
	on_sys_exit(true);
	return 0;
}

HOOK(sys_exit, raw_tp, "raw_tp/sys_exit")
{
	on_sys_exit(false);
	return 0;
}

HOOK(sys_exit_again, tp_btf, "tp_btf/sys_exit")
{
	on_sys_exit_again(true);
	return 0;
}

HOOK(sys_exit_again, raw_tp, "raw_tp/sys_exit")
{
	on_sys_exit_again(false);
	return 0;
}

HOOK(sched_process_fork, tp_btf, "tp_btf/sched_process_fork")
{
	on_fork((void *)ctx[1], true);
	return 0;
}

HOOK(sched_process_fork, raw_tp, "raw_tp/sched_process_fork")
{
	on_fork((void *)ctx[1], false);
	return 0;
}

/* The same: what was cleared already stays so. */
HOOK(sched_process_fork_again, tp_btf, "tp_btf/sched_process_fork")
{
	on_fork((void *)ctx[1], true);
	return 0;
}

HOOK(sched_process_fork_again, raw_tp, "raw_tp/sched_process_fork")
{
	on_fork((void *)ctx[1], false);
	return 0;
}

HOOK(sched_process_free, tp_btf, "tp_btf/sched_process_free")
{
	return on_free((void *)ctx[0], true);
}

HOOK(sched_process_free, raw_tp, "raw_tp/sched_process_free")
{
	return on_free((void *)ctx[0], false);
}

HOOK(cgroup_rmdir, tp_btf, "tp_btf/cgroup_rmdir")
{
	on_cgroup_rmdir((void *)ctx[0], true);
	return 0;
}

HOOK(cgroup_rmdir, raw_tp, "raw_tp/cgroup_rmdir")
{
	on_cgroup_rmdir((void *)ctx[0], false);
	return 0;
}
