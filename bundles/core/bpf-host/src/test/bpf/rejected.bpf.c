/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* A program that the verifier must not accept: it uses a lookup without a null test. */
#include "hook.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} counts SEC(".maps");

HOOK_SLOT(sys_enter);

HOOK(sys_enter, raw_tp, "raw_tp/sys_enter")
{
	u32 key = ctx[1];
	u64 *value = bpf_map_lookup_elem(&counts, &key);

	*value += 1;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
