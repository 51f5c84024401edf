/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Bounds of the key spaces. User space sizes the maps to the host before
 * loading, so these are the largest values, not what is allocated.
 */
#ifndef REZOLUS_LIMITS_H
#define REZOLUS_LIMITS_H

#define MAX_CPUS          1024
#define MAX_CGROUPS       4096
#define MAX_PID           4194304
#define HISTOGRAM_BUCKETS 496

#endif
