/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
#include "hook.h"

char LICENSE[] SEC("license") = "GPL";
