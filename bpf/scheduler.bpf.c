/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Where tasks spend the time in which they do not run: waiting for a CPU or
 * blocked; how long they run before they are preempted; context switches; moves
 * between CPUs. For the host, per CPU and per cgroup.
 *
 * Two features share the object and its maps, each switched by a constant:
 * `runqueue` (sched_wakeup, sched_wakeup_new, sched_switch) and `migrations`
 * (sched_migrate_task).
 *
 * Cost for a run (6.18, x86_64, by kernel.bpf_stats_enabled, where an empty
 * program takes 52-58 ns): sched_switch 125-170 ns, sched_wakeup 97-130 ns,
 * sched_migrate_task about 400 ns but rare; as raw_tp 329-337 ns where both tasks
 * share a cgroup, 125-166 ns and about 500 ns.
 */
#include "hook.h"
#include "core_fixes.h"
#include "cgroup.h"
#include "histogram.h"

char LICENSE[] SEC("license") = "GPL";

const volatile bool runqueue = true;
const volatile bool migrations = true;

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

/* Layout known to io.rezolus.samplers.scheduler.CpuCounters. One cache line. */
struct cpu_counters {
	u64 involuntary;
	u64 voluntary;
	u64 wait;
	u64 discarded;
	u64 moved_from;
	u64 moved_to;
	u64 reserved[2];
};

/* Layout known to io.rezolus.samplers.scheduler.CgroupCounters. One cache line. */
struct cgroup_counters {
	u64 serial; /* whose counters these are */
	u64 wait;
	u64 blocked;
	u64 involuntary;
	u64 voluntary;
	u64 migrations;
	u64 reserved[2];
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

/* Sized to kernel.pid_max before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, MAX_PID);
	__type(key, u32);
	__type(value, struct task_stamps);
} task_stamps SEC(".maps");

/* Sized to the possible CPUs before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAX_CPUS);
	__type(key, u32);
	__type(value, struct cpu_counters);
} cpu_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAX_CGROUPS);
	__type(key, u32);
	__type(value, struct cgroup_counters);
} cgroup_counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct histograms);
} histograms SEC(".maps");

/*
 * The id now belongs to another cgroup. Rows are cleared when their cgroup is
 * removed, so two CPUs that meet here find zeros and lose nothing; something is
 * left over only where the removal was missed. (Kernels before 5.12 have no
 * compare-and-swap that could tell the two apart.)
 */
static __always_inline void hand_over(struct cgroup_counters *row, u64 serial)
{
	if (row->serial) {
		row->wait = 0;
		row->blocked = 0;
		row->involuntary = 0;
		row->voluntary = 0;
		row->migrations = 0;
	}
	barrier();
	*(volatile u64 *)&row->serial = serial;
}

/* The cgroup has no tasks left, and its id is free for another one. */
static __always_inline int on_cgroup_rmdir(struct cgroup *cgroup, bool typed)
{
	u32 id = forget_cgroup(cgroup, typed);
	struct cgroup_counters *row = bpf_map_lookup_elem(&cgroup_counters, &id);

	if (id && row)
		hand_over(row, 0);
	return 0;
}

/* Counters of the cgroup of a css_set's tasks, or NULL where it has none within bounds. */
static __always_inline struct cgroup_counters *set_counters(struct css_set *set, bool typed)
{
	struct cgroup_subsys_state *css = set_css(set, typed);
	struct cgroup_counters *row;
	u64 serial;
	u32 id;

	if (!css)
		return NULL;
	read_css(css, &id, &serial, typed);
	if (!id)
		return NULL;
	row = bpf_map_lookup_elem(&cgroup_counters, &id);
	if (!row)
		return NULL;
	if (row->serial != serial) {
		hand_over(row, serial);
		remember_cgroup(css, id, serial, typed);
	}
	return row;
}

static __always_inline int on_wakeup(struct task_struct *task, bool typed)
{
	u32 pid = FIELD(typed, task, pid);
	struct task_stamps *stamps;

	if (!runqueue || !pid)
		return 0;
	stamps = bpf_map_lookup_elem(&task_stamps, &pid);
	if (stamps)
		stamps->runnable = bpf_ktime_get_ns();
	return 0;
}

/* As above, and the slot may hold stamps of a dead task that had the same pid. */
static __always_inline int on_wakeup_new(struct task_struct *task, bool typed)
{
	u32 pid = FIELD(typed, task, pid);
	struct task_stamps *stamps;

	if (!runqueue || !pid)
		return 0;
	stamps = bpf_map_lookup_elem(&task_stamps, &pid);
	if (!stamps)
		return 0;
	stamps->running = 0;
	stamps->blocked = 0;
	stamps->runnable = bpf_ktime_get_ns();
	return 0;
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
	struct task_stamps *stamps = bpf_map_lookup_elem(&task_stamps, &pid);
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
	struct task_stamps *stamps = bpf_map_lookup_elem(&task_stamps, &pid);
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

HOOK_SLOT(sched_wakeup);
HOOK(sched_wakeup, tp_btf, "tp_btf/sched_wakeup")
{
	return on_wakeup((struct task_struct *)ctx[0], true);
}
HOOK(sched_wakeup, raw_tp, "raw_tp/sched_wakeup")
{
	return on_wakeup((struct task_struct *)ctx[0], false);
}

HOOK_SLOT(sched_wakeup_new);
HOOK(sched_wakeup_new, tp_btf, "tp_btf/sched_wakeup_new")
{
	return on_wakeup_new((struct task_struct *)ctx[0], true);
}
HOOK(sched_wakeup_new, raw_tp, "raw_tp/sched_wakeup_new")
{
	return on_wakeup_new((struct task_struct *)ctx[0], false);
}

HOOK_SLOT(sched_switch);
HOOK(sched_switch, tp_btf, "tp_btf/sched_switch")
{
	return on_switch((bool)ctx[0], (struct task_struct *)ctx[1], (struct task_struct *)ctx[2],
			 true);
}
HOOK(sched_switch, raw_tp, "raw_tp/sched_switch")
{
	return on_switch((bool)ctx[0], (struct task_struct *)ctx[1], (struct task_struct *)ctx[2],
			 false);
}

HOOK_SLOT(sched_migrate_task);
HOOK(sched_migrate_task, tp_btf, "tp_btf/sched_migrate_task")
{
	return on_migrate((struct task_struct *)ctx[0], (u32)ctx[1], true);
}
HOOK(sched_migrate_task, raw_tp, "raw_tp/sched_migrate_task")
{
	return on_migrate((struct task_struct *)ctx[0], (u32)ctx[1], false);
}

HOOK_SLOT(cgroup_rmdir);
HOOK(cgroup_rmdir, tp_btf, "tp_btf/cgroup_rmdir")
{
	return on_cgroup_rmdir((struct cgroup *)ctx[0], true);
}
HOOK(cgroup_rmdir, raw_tp, "raw_tp/cgroup_rmdir")
{
	return on_cgroup_rmdir((struct cgroup *)ctx[0], false);
}
