/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * How a program hangs on a kernel hook.
 *
 * What is attached is only an entry: it tail-calls through a one-slot program
 * array into the program that does the work. Replacing the work is one store
 * into that slot, so a new version of an object takes over between two events:
 * none is lost and none is counted twice, whatever the hook. The indirection
 * costs about 1 ns (measured on sys_enter, 6.18, x86_64: the JIT patches a
 * constant slot into a direct jump).
 *
 * A hook offers variants in order of preference (tp_btf, raw_tp, fentry,
 * kprobe); user space loads the first one that loads and attaches. Program
 * arrays take programs of one kind only, which is why there is one per hook
 * and why just one variant of a hook is ever loaded.
 *
 *	HOOK_SLOT(sched_switch);
 *	HOOK(sched_switch, tp_btf, "tp_btf/sched_switch") { ... ctx[2] ... }
 *	HOOK(sched_switch, raw_tp, "raw_tp/sched_switch") { ... ctx[2] ... }
 *
 * gives the programs sched_switch__tp_btf (entry) and sched_switch__tp_btf__run
 * (work), and likewise for raw_tp. The body sees `u64 *ctx`.
 */
#ifndef REZOLUS_HOOK_H
#define REZOLUS_HOOK_H

#include "kernel_types.h"
#include <bpf/bpf_helpers.h>

#define HOOK_SLOT(hook)                                                                            \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_PROG_ARRAY);                                             \
		__uint(max_entries, 1);                                                            \
		__uint(key_size, sizeof(u32));                                                     \
		__uint(value_size, sizeof(u32));                                                   \
	} hook##__slot SEC(".maps")

#define HOOK(hook, variant, section)                                                               \
	SEC(section)                                                                               \
	int hook##__##variant(u64 *ctx)                                                            \
	{                                                                                          \
		bpf_tail_call(ctx, &hook##__slot, 0);                                              \
		return 0;                                                                          \
	}                                                                                          \
	SEC(section)                                                                               \
	int hook##__##variant##__run(u64 *ctx)

#endif
