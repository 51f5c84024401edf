/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* Counts one thread's calls of one syscall, exactly. */
#include "hook.h"

const volatile u32 watched_tid;
const volatile u64 watched_syscall;
const volatile bool twice;
const volatile u64 step = 1;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, u64);
} counts SEC(".maps");

/* elements of 12 bytes take 16 in the mapping */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 8192);
	__uint(key_size, sizeof(u32));
	__uint(value_size, 12);
} sized SEC(".maps");

HOOK_SLOT(sys_enter);
HOOK_SLOT(sys_exit);
HOOK_SLOT(nonexistent);

static __always_inline void count(u32 key, u64 syscall)
{
	u64 *value;

	if ((u32)bpf_get_current_pid_tgid() != watched_tid || syscall != watched_syscall)
		return;
	value = bpf_map_lookup_elem(&counts, &key);
	if (value)
		__sync_fetch_and_add(value, twice ? 2 * step : step);
}

HOOK(sys_enter, tp_btf, "tp_btf/sys_enter")
{
	count(0, ctx[1]);
	return 0;
}

HOOK(sys_enter, raw_tp, "raw_tp/sys_enter")
{
	count(0, ctx[1]);
	return 0;
}

HOOK(sys_exit, raw_tp, "raw_tp/sys_exit")
{
	count(1, watched_syscall);
	return 0;
}

HOOK(nonexistent, tp_btf, "tp_btf/rezolus_nonexistent")
{
	count(2, 0);
	return 0;
}

HOOK(nonexistent, raw_tp, "raw_tp/rezolus_nonexistent")
{
	count(2, 0);
	return 0;
}

SEC("iter/task")
int dump_tasks(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	u64 pid;

	if (!task)
		return 0;
	pid = task->pid;
	bpf_seq_write(ctx->meta->seq, &pid, sizeof(pid));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
