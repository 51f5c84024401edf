/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * H2 histograms: base-2 log-linear, grouping power 3, full 64-bit range.
 * User space computes the same index (io.rezolus.libs.histogram.H2Config).
 */
#ifndef REZOLUS_HISTOGRAM_H
#define REZOLUS_HISTOGRAM_H

#include "kernel_types.h"
#include "limits.h"
#include <bpf/bpf_helpers.h>

#define GROUPING_POWER 3

struct histogram {
	u64 buckets[HISTOGRAM_BUCKETS];
};

/* Position of the highest set bit; v must not be 0. BPF has no such instruction. */
static __always_inline u32 log2_floor(u64 v)
{
	u32 p = 0;

	if (v >> 32) {
		v >>= 32;
		p += 32;
	}
	if (v >> 16) {
		v >>= 16;
		p += 16;
	}
	if (v >> 8) {
		v >>= 8;
		p += 8;
	}
	if (v >> 4) {
		v >>= 4;
		p += 4;
	}
	if (v >> 2) {
		v >>= 2;
		p += 2;
	}
	return p + (u32)(v >> 1);
}

/* Bucket of a value: 0..15 one to one, then eight buckets for each power of two. */
static __always_inline u32 histogram_index(u64 v)
{
	u32 p;

	if (v < (2ull << GROUPING_POWER))
		return (u32)v;
	p = log2_floor(v);
	return ((p - GROUPING_POWER + 1) << GROUPING_POWER) +
	       (u32)((v - (1ull << p)) >> (p - GROUPING_POWER));
}

static __always_inline void histogram_add(struct histogram *h, u64 v)
{
	u32 i = histogram_index(v);

	if (i < HISTOGRAM_BUCKETS)
		__sync_fetch_and_add(&h->buckets[i], 1);
}

#endif
