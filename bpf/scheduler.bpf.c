/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Where tasks spend the time in which they do not run: waiting for a CPU or
 * blocked; how long they run before they are preempted; context switches; moves
 * between CPUs. For the host, per CPU and per cgroup.
 *
 * Two features share the object and its maps, each switched by a constant:
 * `runqueue` (sched_wakeup, sched_wakeup_new, sched_switch, sched_process_free) and `migrations`
 * (sched_migrate_task).
 *
 * Cost for a run (6.18, x86_64, by kernel.bpf_stats_enabled, where an empty
 * program takes 52-58 ns): sched_switch 125-170 ns, sched_wakeup 97-130 ns,
 * sched_migrate_task about 400 ns but rare; as raw_tp 329-337 ns where both tasks
 * share a cgroup, 125-166 ns and about 500 ns.
 */
#include "hook.h"
#include "migrations.h"
#include "runqueue.h"

char LICENSE[] SEC("license") = "GPL";

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

HOOK_SLOT(sched_process_free);
HOOK(sched_process_free, tp_btf, "tp_btf/sched_process_free")
{
	return on_free((struct task_struct *)ctx[0], true);
}
HOOK(sched_process_free, raw_tp, "raw_tp/sched_process_free")
{
	return on_free((struct task_struct *)ctx[0], false);
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
