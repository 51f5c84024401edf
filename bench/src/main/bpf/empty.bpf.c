/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Programs that do nothing, on the hooks whose work is measured: what the kernel
 * charges for running any program at all. The entries do not tail-call, so that
 * the dispatch of real programs counts as their cost.
 */
#include "hook.h"

char LICENSE[] SEC("license") = "GPL";

#define EMPTY(hook)                                                                                \
	HOOK_SLOT(hook);                                                                           \
	SEC("tp_btf/" #hook)                                                                       \
	int hook##__tp_btf(void *ctx)                                                              \
	{                                                                                          \
		return 0;                                                                          \
	}                                                                                          \
	SEC("tp_btf/" #hook)                                                                       \
	int hook##__tp_btf__run(void *ctx)                                                         \
	{                                                                                          \
		bpf_tail_call(ctx, &hook##__slot, 0);                                              \
		return 0;                                                                          \
	}

EMPTY(sched_switch)
EMPTY(sched_wakeup)
EMPTY(sys_enter)
EMPTY(sys_exit)
