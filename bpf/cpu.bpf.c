/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Where CPU time goes: by CPU, cgroup and task, and within that softirqs.
 *
 * The kernel keeps utime and stime in each task_struct. A hook that runs about
 * once a tick adds what they grew by since it last looked. So it does not
 * matter how often the hook runs, or that it misses some ticks (nohz_full,
 * VIRT_CPU_ACCOUNTING): the next run makes up for it, and the exit of the task
 * takes what is left.
 *
 * Tasks are not announced: an iterator lists them when somebody reads.
 */
#include "hook.h"
#include "cgroup.h"

char LICENSE[] SEC("license") = "GPL";

#define SOFTIRQ_KINDS 10
#define PF_EXITING    0x4

/* Set in task_slot.usage once the total was moved to the exited tasks. */
#define EXITED (1ull << 63)

/* One cache line for each CPU. */
struct cpu_row {
	u64 user;
	u64 system;
	u64 exited; /* part of the two above */
	u64 reserved[5];
};

struct softirq_row {
	u64 count[SOFTIRQ_KINDS];
	u64 time[SOFTIRQ_KINDS];
	u64 start; /* of the softirq that runs now, 0: none; they do not nest */
	u64 reserved[3];
};

struct cgroup_row {
	u64 serial; /* whose times these are */
	u64 user;
	u64 system;
	u64 exited; /* part of the two above */
};

/* The task that last had this pid; two of them never share a start_time. */
struct task_slot {
	u64 start_time;
	u64 utime; /* as of the last look */
	u64 stime;
	u64 usage; /* counted so far, user and system */
};

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

#define SHARED_ARRAY(name, row, entries)                                                           \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_ARRAY);                                                  \
		__uint(map_flags, BPF_F_MMAPABLE);                                                 \
		__uint(max_entries, entries);                                                      \
		__type(key, u32);                                                                  \
		__type(value, row);                                                                \
	} name SEC(".maps")

SHARED_ARRAY(cpu_rows, struct cpu_row, MAX_CPUS);
SHARED_ARRAY(softirq_rows, struct softirq_row, MAX_CPUS);
SHARED_ARRAY(cgroup_rows, struct cgroup_row, MAX_CGROUPS);
SHARED_ARRAY(task_slots, struct task_slot, MAX_PID);
/* When the first program ran (CLOCK_MONOTONIC); survives a new version of this object. */
SHARED_ARRAY(watching_since, u64, 1);

HOOK_SLOT(cpu_time);
HOOK_SLOT(softirq_entry);
HOOK_SLOT(softirq_exit);
HOOK_SLOT(sched_process_exec);
HOOK_SLOT(sched_process_exit);
HOOK_SLOT(cgroup_rmdir);

static __always_inline void add(u64 *to, u64 value)
{
	if (value)
		__sync_fetch_and_add(to, value);
}

static __always_inline u64 growth(u64 now, u64 before)
{
	return now > before ? now - before : 0;
}

static __always_inline struct cpu_row *cpu_row(u32 cpu)
{
	return bpf_map_lookup_elem(&cpu_rows, &cpu);
}

static __always_inline struct task_slot *slot_of(u32 pid)
{
	return bpf_map_lookup_elem(&task_slots, &pid);
}

/* The times of the task's cgroup, from 0 where its id had belonged to another. */
static __always_inline struct cgroup_row *cgroup_row(struct task_struct *task, bool gone,
						     bool typed)
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
	/* what is left of a task may outlive its cgroup and must not bring the name back */
	if (!gone)
		remember_cgroup(css, id, serial, typed);
	return row;
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

/* Counts what the task used since the last look. Not to be interrupted by itself: see exit. */
static __always_inline void account(struct task_struct *task, u32 cpu, bool typed)
{
	u32 pid = FIELD(typed, task, pid);
	u64 start_time, utime, stime, user, system;
	struct cgroup_row *cgroup;
	struct task_slot *slot;
	struct cpu_row *row;
	bool exited;

	if (pid == 0)
		return;
	slot = slot_of(pid);
	if (!slot)
		return;
	start_time = FIELD(typed, task, start_time);
	if (slot->start_time != start_time)
		take_over(slot, task, start_time, typed);
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
	cgroup = cgroup_row(task, exited, typed);
	if (cgroup) {
		add(&cgroup->user, user);
		add(&cgroup->system, system);
		if (exited)
			add(&cgroup->exited, user + system);
	}
}

/*
 * x86: the end of the local timer interrupt. The tick has just charged the
 * interrupted task, and nothing else can run on this CPU.
 */
HOOK(cpu_time, timer_btf, "tp_btf/local_timer_exit")
{
	account(bpf_get_current_task_btf(), bpf_get_smp_processor_id(), true);
	return 0;
}

HOOK(cpu_time, timer_raw, "raw_tp/local_timer_exit")
{
	account((void *)bpf_get_current_task(), bpf_get_smp_processor_id(), false);
	return 0;
}

/* Where the tick charges a task, after it has done so. */
HOOK(cpu_time, account_fentry, "fentry/cpuacct_account_field")
{
	account((void *)ctx[0], bpf_get_smp_processor_id(), true);
	return 0;
}

/* The first argument in struct pt_regs, as 64-bit words: di on x86, x0 on arm64. */
#if defined(__TARGET_ARCH_x86)
#define FIRST_ARGUMENT 14
#else
#define FIRST_ARGUMENT 0
#endif

HOOK(cpu_time, account_kprobe, "kprobe/cpuacct_account_field")
{
	account((void *)ctx[FIRST_ARGUMENT], bpf_get_smp_processor_id(), false);
	return 0;
}

/* Each time the scheduler updates a task's run time, at the least once a tick; maybe from afar. */
HOOK(cpu_time, runtime_btf, "tp_btf/sched_stat_runtime")
{
	struct task_struct *task = (void *)ctx[0];

	account(task, task_cpu(task, true), true);
	return 0;
}

HOOK(cpu_time, runtime_raw, "raw_tp/sched_stat_runtime")
{
	struct task_struct *task = (void *)ctx[0];

	account(task, task_cpu(task, false), false);
	return 0;
}

/*
 * A tick may interrupt this on the same CPU. With the mark in usage it counts
 * what it sees as exited and leaves usage alone. After the mark there is
 * nothing left to take but where ticks do not charge the task, and then none
 * interferes.
 */
static __always_inline void task_exit(struct task_struct *task, bool typed)
{
	u32 pid = FIELD(typed, task, pid);
	struct cgroup_row *cgroup;
	struct task_slot *slot;
	struct cpu_row *row;
	u64 total;

	account(task, bpf_get_smp_processor_id(), typed);
	slot = slot_of(pid);
	if (!slot || slot->start_time != FIELD(typed, task, start_time) || slot->usage & EXITED)
		return;
	add(&slot->usage, EXITED);
	total = slot->usage & ~EXITED;
	row = cpu_row(bpf_get_smp_processor_id());
	if (row)
		add(&row->exited, total);
	cgroup = cgroup_row(task, false, typed);
	if (cgroup)
		add(&cgroup->exited, total);
}

HOOK(sched_process_exit, tp_btf, "tp_btf/sched_process_exit")
{
	task_exit((void *)ctx[0], true);
	return 0;
}

HOOK(sched_process_exit, raw_tp, "raw_tp/sched_process_exit")
{
	task_exit((void *)ctx[0], false);
	return 0;
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
	from = slot_of(old_pid);
	to = slot_of(pid);
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

HOOK(sched_process_exec, tp_btf, "tp_btf/sched_process_exec")
{
	task_exec((void *)ctx[0], (u32)ctx[1], true);
	return 0;
}

HOOK(sched_process_exec, raw_tp, "raw_tp/sched_process_exec")
{
	task_exec((void *)ctx[0], (u32)ctx[1], false);
	return 0;
}

static __always_inline struct softirq_row *softirq_row(u32 cpu)
{
	return bpf_map_lookup_elem(&softirq_rows, &cpu);
}

static __always_inline void softirq_begins(u32 kind)
{
	struct softirq_row *row = softirq_row(bpf_get_smp_processor_id());

	if (!row || kind >= SOFTIRQ_KINDS)
		return;
	add(&row->count[kind], 1);
	row->start = bpf_ktime_get_ns();
}

static __always_inline void softirq_ends(u32 kind)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct softirq_row *row = softirq_row(cpu);
	struct cpu_row *idle;
	u64 time;

	if (!row || kind >= SOFTIRQ_KINDS || row->start == 0)
		return;
	time = growth(bpf_ktime_get_ns(), row->start);
	row->start = 0;
	add(&row->time[kind], time);
	/* on an idle CPU no task is charged for it */
	if ((u32)bpf_get_current_pid_tgid() == 0) {
		idle = cpu_row(cpu);
		if (idle)
			add(&idle->system, time);
	}
}

HOOK(softirq_entry, tp_btf, "tp_btf/softirq_entry")
{
	softirq_begins((u32)ctx[0]);
	return 0;
}

HOOK(softirq_entry, raw_tp, "raw_tp/softirq_entry")
{
	softirq_begins((u32)ctx[0]);
	return 0;
}

HOOK(softirq_exit, tp_btf, "tp_btf/softirq_exit")
{
	softirq_ends((u32)ctx[0]);
	return 0;
}

HOOK(softirq_exit, raw_tp, "raw_tp/softirq_exit")
{
	softirq_ends((u32)ctx[0]);
	return 0;
}

HOOK(cgroup_rmdir, tp_btf, "tp_btf/cgroup_rmdir")
{
	forget_cgroup((void *)ctx[0], true);
	return 0;
}

HOOK(cgroup_rmdir, raw_tp, "raw_tp/cgroup_rmdir")
{
	forget_cgroup((void *)ctx[0], false);
	return 0;
}

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
