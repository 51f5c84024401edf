/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/* Time of each CPU, and how rows that user space reads are declared and added to. */
#ifndef REZOLUS_CPU_ROWS_H
#define REZOLUS_CPU_ROWS_H

#include "kernel_types.h"
#include "limits.h"
#include <bpf/bpf_helpers.h>

#define SHARED_ARRAY(name, row, entries)                                                           \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_ARRAY);                                                  \
		__uint(map_flags, BPF_F_MMAPABLE);                                                 \
		__uint(max_entries, entries);                                                      \
		__type(key, u32);                                                                  \
		__type(value, row);                                                                \
	} name SEC(".maps")

/* One cache line for each CPU. */
struct cpu_row {
	u64 user;
	u64 system;
	u64 exited; /* part of the two above */
	u64 reserved[5];
};

SHARED_ARRAY(cpu_rows, struct cpu_row, MAX_CPUS);

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

#endif
