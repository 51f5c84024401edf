/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Where CPU time goes: by CPU, cgroup and task, and within that softirqs.
 *
 * The kernel keeps utime and stime in each task_struct. A hook that runs about
 * once a tick adds what they grew by since it last looked. So it does not
 * matter how often the hook runs, or that it misses some ticks (nohz_full,
 * VIRT_CPU_ACCOUNTING): the next run makes up for it, and the exit of the task
 * takes what is left.
 */
#include "hook.h"
#include "softirq.h"
#include "task_list.h"
#include "task_time.h"

char LICENSE[] SEC("license") = "GPL";

HOOK_SLOT(cpu_time);
HOOK_SLOT(softirq_entry);
HOOK_SLOT(softirq_exit);
HOOK_SLOT(sched_process_exec);
HOOK_SLOT(sched_process_exit);
HOOK_SLOT(sched_process_free);
HOOK_SLOT(cgroup_rmdir);

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

HOOK(sched_process_free, tp_btf, "tp_btf/sched_process_free")
{
	return forget_task(&task_slots_high, (void *)ctx[0]);
}

HOOK(sched_process_free, raw_tp, "raw_tp/sched_process_free")
{
	return forget_task(&task_slots_high, (void *)ctx[0]);
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
