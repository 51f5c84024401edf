/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* Must not pass the verifier: the value that was looked up may be a null pointer. */
#include "hook.h"

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} values SEC(".maps");

HOOK_SLOT(sys_enter);

HOOK(sys_enter, raw_tp, "raw_tp/sys_enter")
{
	u32 key = 0;
	u64 *value = bpf_map_lookup_elem(&values, &key);

	return *value != 0;
}
