/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * Bounds of the key spaces. User space sizes the maps to the host before
 * loading, so these are the largest values, not what is allocated.
 */
#ifndef REZOLUS_LIMITS_H
#define REZOLUS_LIMITS_H

#define MAX_CPUS          1024
#define MAX_CGROUPS       4096
#define LOW_TIDS          32768 /* not resized */
#define MAX_HIGH_TASKS    262144
#define CACHED_TASKS      16384 /* not resized; known to TaskTable */
#define HISTOGRAM_BUCKETS 496

#endif
