/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * State by task, in memory that depends on how many tasks there are and not on
 * kernel.pid_max, which systemd sets to 4194304.
 *
 * A low tid is the index of an array: about 1 ns. A task with a higher one has an
 * entry in a hash from the first time it is met until the kernel frees it, so that
 * all it costs is a lookup. The key is the address of its task_struct: unlike a tid
 * it is not handed out again before sched_process_free, where no event of that task
 * is to come any more and no program that knows the task runs any more (the kernel
 * waits for an RCU grace period), and it outlives an exec, which may change the tid.
 * Where that event is missed, whoever gets the address next finds the entry and has to
 * forget it first; user space removes what is left (see TaskTable).
 *
 * That lookup takes 35 ns and more, much of what a call or a wakeup may cost. Where
 * it matters there is an array in front of it, CACHED_TASKS slots by the low bits of
 * the tid, each of whoever comes first. Kernels before 5.12 have no compare-and-swap;
 * what decides between two is who gets the slot's number into the hash. A thread that
 * gets another tid by exec loses its slot, and with it at most the wait or call it is in.
 *
 * The hash is resized to the host, and allocates its entries when they are needed
 * where a kernel can do so in any context (6.1); see LoadAttempt.
 */
#ifndef REZOLUS_TASK_TABLE_H
#define REZOLUS_TASK_TABLE_H

#include "core_fixes.h"
#include "kernel_types.h"
#include "limits.h"
#include <bpf/bpf_helpers.h>

/*
 * The maps NAME and NAME_high. What comes last in an entry of the hash is the process
 * of the task: known to io.rezolus.core.bpfhost.TaskTable. `flags` are those of the array.
 */
#define TASK_TABLE(name, state_type, flags)                                                        \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_ARRAY);                                                  \
		__uint(map_flags, flags);                                                          \
		__uint(max_entries, LOW_TIDS);                                                     \
		__type(key, u32);                                                                  \
		__type(value, state_type);                                                         \
	} name SEC(".maps");                                                                       \
	struct name##_entry {                                                                      \
		state_type state;                                                                  \
		u64 last;                                                                          \
	};                                                                                         \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_HASH);                                                   \
		__uint(max_entries, MAX_HIGH_TASKS);                                               \
		__type(key, u64);                                                                  \
		__type(value, struct name##_entry);                                                \
	} name##_high SEC(".maps")

/* The map NAME_cache, where what comes last is the address of the task, 0: nobody's. */
#define TASK_CACHE(name)                                                                           \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_ARRAY);                                                  \
		__uint(map_flags, BPF_F_MMAPABLE);                                                 \
		__uint(max_entries, CACHED_TASKS);                                                 \
		__type(key, u32);                                                                  \
		__type(value, struct name##_entry);                                                \
	} name##_cache SEC(".maps")

/* Events of tasks that the hash had no room for. Rare, so not by CPU. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
} untracked SEC(".maps");

static __always_inline void count_untracked(void)
{
	u32 zero = 0;
	u64 *count = bpf_map_lookup_elem(&untracked, &zero);

	if (count)
		__sync_fetch_and_add(count, 1);
}

static __always_inline void *high_state(void *high, struct task_struct *task)
{
	u64 key = (u64)task;

	return bpf_map_lookup_elem(high, &key);
}

/* Another CPU may be at the same. NULL: no room. */
static __always_inline void *add_high(void *high, struct task_struct *task, const void *entry)
{
	u64 key = (u64)task;

	bpf_map_update_elem(high, &key, entry, BPF_NOEXIST);
	return high_state(high, task);
}

/* The state of a task under its tid as of now, or NULL where there was none so far. */
#define FIND_TASK(table, task, tid)                                                                \
	({                                                                                         \
		u32 __tid = (tid);                                                                 \
		void *__state = bpf_map_lookup_elem(&table, &__tid);                               \
		if (!__state)                                                                      \
			__state = high_state(&table##_high, task);                                 \
		__state;                                                                           \
	})

/* The same, and one that is met for the first time starts with zeros. NULL: no room. */
#define ADD_TASK(table, task, tid, typed)                                                          \
	({                                                                                         \
		void *__found = FIND_TASK(table, task, tid);                                       \
		if (!__found) {                                                                    \
			struct table##_entry __entry = {.last = FIELD(typed, task, tgid)};         \
			__found = add_high(&table##_high, task, &__entry);                         \
		}                                                                                  \
		__found;                                                                           \
	})

/* The same for an event that is lost where there is no room. */
#define STATE_OF_TASK(table, task, tid, typed)                                                     \
	({                                                                                         \
		void *__tracked = ADD_TASK(table, task, tid, typed);                               \
		if (!__tracked)                                                                    \
			count_untracked();                                                         \
		__tracked;                                                                         \
	})

/* FIND_TASK with a cache. */
#define FIND_CACHED(table, task, tid)                                                              \
	({                                                                                         \
		u32 __index = (tid);                                                               \
		void *__state;                                                                     \
		if (__index < LOW_TIDS) {                                                          \
			__state = bpf_map_lookup_elem(&table, &__index);                           \
		} else {                                                                           \
			struct table##_entry *__slot;                                              \
			__index &= CACHED_TASKS - 1;                                               \
			__slot = bpf_map_lookup_elem(&table##_cache, &__index);                    \
			if (__slot && __slot->last == (u64)(task))                                 \
				__state = __slot;                                                  \
			else                                                                       \
				__state = high_state(&table##_high, task);                         \
		}                                                                                  \
		__state;                                                                           \
	})

/* ADD_TASK with a cache. */
#define ADD_CACHED(table, task, tid, typed)                                                        \
	({                                                                                         \
		void *__found = FIND_CACHED(table, task, tid);                                     \
		if (!__found) {                                                                    \
			struct table##_entry __entry = {.last = FIELD(typed, task, tgid)};         \
			u32 __free = (tid) & (CACHED_TASKS - 1);                                   \
			u64 __key = __free;                                                        \
			struct table##_entry *__slot;                                              \
			__slot = bpf_map_lookup_elem(&table##_cache, &__free);                     \
			if (__slot && !__slot->last &&                                             \
			    !bpf_map_update_elem(&table##_high, &__key, &__entry, BPF_NOEXIST)) {  \
				__builtin_memset(__slot, 0, sizeof(*__slot));                      \
				barrier();                                                         \
				__slot->last = (u64)(task);                                        \
				__found = __slot;                                                  \
			} else {                                                                   \
				__found = add_high(&table##_high, task, &__entry);                 \
			}                                                                          \
		}                                                                                  \
		__found;                                                                           \
	})

/* STATE_OF_TASK with a cache. */
#define STATE_OF_CACHED(table, task, tid, typed)                                                   \
	({                                                                                         \
		void *__tracked = ADD_CACHED(table, task, tid, typed);                             \
		if (!__tracked)                                                                    \
			count_untracked();                                                         \
		__tracked;                                                                         \
	})

/* forget_task with a cache. */
#define FORGET_CACHED(table, task, tid)                                                            \
	({                                                                                         \
		u32 __index = (tid) & (CACHED_TASKS - 1);                                          \
		u64 __key = __index;                                                               \
		struct table##_entry *__slot;                                                      \
		__slot = bpf_map_lookup_elem(&table##_cache, &__index);                            \
		if (__slot && __slot->last == (u64)(task)) {                                       \
			__slot->last = 0;                                                          \
			barrier();                                                                 \
			bpf_map_delete_elem(&table##_high, &__key);                                \
		} else {                                                                           \
			forget_task(&table##_high, task);                                          \
		}                                                                                  \
		0;                                                                                 \
	})

/* At sched_process_free, and where the state is that of another task that had this address. */
static __always_inline int forget_task(void *high, struct task_struct *task)
{
	u64 key = (u64)task;

	bpf_map_delete_elem(high, &key);
	return 0;
}

#endif
