/* SPDX-License-Identifier: GPL-2.0 OR Apache-2.0 OR MIT */
/*
 * What kind of work each system call does, by its number on this architecture.
 *
 * The table is part of the code, so it is in force from the first event on.
 * What is not listed is SYSCALL_OTHER.
 */
#ifndef REZOLUS_SYSCALL_CLASSES_H
#define REZOLUS_SYSCALL_CLASSES_H

#include "kernel_types.h"

/* Order known to io.rezolus.samplers.syscall.SyscallClass. */
enum syscall_class {
	SYSCALL_OTHER,
	SYSCALL_READ,
	SYSCALL_WRITE,
	SYSCALL_POLL,
	SYSCALL_LOCK,
	SYSCALL_TIME,
	SYSCALL_SLEEP,
	SYSCALL_SOCKET,
	SYSCALL_YIELD,
	SYSCALL_FILESYSTEM,
	SYSCALL_MEMORY,
	SYSCALL_PROCESS,
	SYSCALL_QUERY,
	SYSCALL_IPC,
	SYSCALL_TIMER,
	SYSCALL_EVENT,
	SYSCALL_CLASSES, /* a power of two: classes are masked with it */
};

#define SYSCALL_NUMBERS 1024

/* BOTH(class, x86_64, arm64), X86(class, x86_64); the comma is theirs, as an entry may be empty */
#if defined(__TARGET_ARCH_x86)
#define BOTH(class, x86, arm64) [x86] = SYSCALL_##class,
#define X86(class, x86)         [x86] = SYSCALL_##class,
#elif defined(__TARGET_ARCH_arm64)
#define BOTH(class, x86, arm64) [arm64] = SYSCALL_##class,
#define X86(class, x86)
#else
#error "no system call numbers for this architecture"
#endif

/* clang-format off */
static const u8 syscall_classes[SYSCALL_NUMBERS] = {
	BOTH(READ, 17, 67) /* pread64 */
	BOTH(READ, 295, 69) /* preadv */
	BOTH(READ, 327, 286) /* preadv2 */
	BOTH(READ, 0, 63) /* read */
	BOTH(READ, 19, 65) /* readv */
	BOTH(READ, 45, 207) /* recvfrom */
	BOTH(READ, 299, 243) /* recvmmsg */
	BOTH(READ, 47, 212) /* recvmsg */

	BOTH(WRITE, 18, 68) /* pwrite64 */
	BOTH(WRITE, 296, 70) /* pwritev */
	BOTH(WRITE, 328, 287) /* pwritev2 */
	BOTH(WRITE, 307, 269) /* sendmmsg */
	BOTH(WRITE, 46, 211) /* sendmsg */
	BOTH(WRITE, 44, 206) /* sendto */
	BOTH(WRITE, 1, 64) /* write */
	BOTH(WRITE, 20, 66) /* writev */

	X86(POLL, 213) /* epoll_create */
	BOTH(POLL, 291, 20) /* epoll_create1 */
	BOTH(POLL, 233, 21) /* epoll_ctl */
	X86(POLL, 214) /* epoll_ctl_old */
	BOTH(POLL, 281, 22) /* epoll_pwait */
	BOTH(POLL, 441, 441) /* epoll_pwait2 */
	X86(POLL, 232) /* epoll_wait */
	X86(POLL, 215) /* epoll_wait_old */
	X86(POLL, 7) /* poll */
	BOTH(POLL, 271, 73) /* ppoll */
	BOTH(POLL, 270, 72) /* pselect6 */
	X86(POLL, 23) /* select */

	BOTH(LOCK, 202, 98) /* futex */

	BOTH(TIME, 159, 171) /* adjtimex */
	BOTH(TIME, 305, 266) /* clock_adjtime */
	BOTH(TIME, 229, 114) /* clock_getres */
	BOTH(TIME, 228, 113) /* clock_gettime */
	BOTH(TIME, 227, 112) /* clock_settime */
	BOTH(TIME, 96, 169) /* gettimeofday */
	BOTH(TIME, 164, 170) /* settimeofday */
	X86(TIME, 201) /* time */

	BOTH(SLEEP, 230, 115) /* clock_nanosleep */
	BOTH(SLEEP, 35, 101) /* nanosleep */

	BOTH(SOCKET, 43, 202) /* accept */
	BOTH(SOCKET, 288, 242) /* accept4 */
	BOTH(SOCKET, 49, 200) /* bind */
	BOTH(SOCKET, 42, 203) /* connect */
	BOTH(SOCKET, 52, 205) /* getpeername */
	BOTH(SOCKET, 51, 204) /* getsockname */
	BOTH(SOCKET, 55, 209) /* getsockopt */
	BOTH(SOCKET, 50, 201) /* listen */
	BOTH(SOCKET, 54, 208) /* setsockopt */
	BOTH(SOCKET, 48, 210) /* shutdown */
	BOTH(SOCKET, 41, 198) /* socket */
	BOTH(SOCKET, 53, 199) /* socketpair */

	BOTH(YIELD, 24, 124) /* sched_yield */

	X86(FILESYSTEM, 2) /* open */
	BOTH(FILESYSTEM, 257, 56) /* openat */
	BOTH(FILESYSTEM, 3, 57) /* close */
	X86(FILESYSTEM, 85) /* creat */
	BOTH(FILESYSTEM, 8, 62) /* lseek */
	BOTH(FILESYSTEM, 74, 82) /* fsync */
	BOTH(FILESYSTEM, 75, 83) /* fdatasync */
	BOTH(FILESYSTEM, 162, 81) /* sync */
	BOTH(FILESYSTEM, 306, 267) /* syncfs */
	BOTH(FILESYSTEM, 76, 45) /* truncate */
	BOTH(FILESYSTEM, 77, 46) /* ftruncate */
	X86(FILESYSTEM, 82) /* rename */
	BOTH(FILESYSTEM, 264, 38) /* renameat */
	X86(FILESYSTEM, 86) /* link */
	X86(FILESYSTEM, 88) /* symlink */
	X86(FILESYSTEM, 87) /* unlink */
	X86(FILESYSTEM, 89) /* readlink */
	X86(FILESYSTEM, 4) /* stat */
	BOTH(FILESYSTEM, 5, 80) /* fstat */
	X86(FILESYSTEM, 6) /* lstat */
	BOTH(FILESYSTEM, 332, 291) /* statx */
	X86(FILESYSTEM, 21) /* access */
	BOTH(FILESYSTEM, 269, 48) /* faccessat */
	X86(FILESYSTEM, 90) /* chmod */
	BOTH(FILESYSTEM, 91, 52) /* fchmod */
	X86(FILESYSTEM, 92) /* chown */
	BOTH(FILESYSTEM, 93, 55) /* fchown */
	X86(FILESYSTEM, 94) /* lchown */
	X86(FILESYSTEM, 132) /* utime */
	X86(FILESYSTEM, 235) /* utimes */
	BOTH(FILESYSTEM, 280, 88) /* utimensat */
	X86(FILESYSTEM, 83) /* mkdir */
	X86(FILESYSTEM, 84) /* rmdir */
	BOTH(FILESYSTEM, 80, 49) /* chdir */
	BOTH(FILESYSTEM, 81, 50) /* fchdir */
	BOTH(FILESYSTEM, 79, 17) /* getcwd */
	X86(FILESYSTEM, 78) /* getdents */
	BOTH(FILESYSTEM, 217, 61) /* getdents64 */

	BOTH(MEMORY, 9, 222) /* mmap */
	BOTH(MEMORY, 11, 215) /* munmap */
	BOTH(MEMORY, 10, 226) /* mprotect */
	BOTH(MEMORY, 25, 216) /* mremap */
	BOTH(MEMORY, 28, 233) /* madvise */
	BOTH(MEMORY, 26, 227) /* msync */
	BOTH(MEMORY, 27, 232) /* mincore */
	BOTH(MEMORY, 149, 228) /* mlock */
	BOTH(MEMORY, 150, 229) /* munlock */
	BOTH(MEMORY, 151, 230) /* mlockall */
	BOTH(MEMORY, 152, 231) /* munlockall */
	BOTH(MEMORY, 12, 214) /* brk */

	BOTH(PROCESS, 56, 220) /* clone */
	X86(PROCESS, 57) /* fork */
	X86(PROCESS, 58) /* vfork */
	BOTH(PROCESS, 59, 221) /* execve */
	BOTH(PROCESS, 322, 281) /* execveat */
	BOTH(PROCESS, 60, 93) /* exit */
	BOTH(PROCESS, 231, 94) /* exit_group */
	BOTH(PROCESS, 61, 260) /* wait4 */
	BOTH(PROCESS, 247, 95) /* waitid */
	BOTH(PROCESS, 62, 129) /* kill */
	BOTH(PROCESS, 200, 130) /* tkill */
	BOTH(PROCESS, 234, 131) /* tgkill */
	BOTH(PROCESS, 101, 117) /* ptrace */
	BOTH(PROCESS, 157, 167) /* prctl */
	BOTH(PROCESS, 109, 154) /* setpgid */
	BOTH(PROCESS, 121, 155) /* getpgid */
	BOTH(PROCESS, 141, 140) /* setpriority */
	BOTH(PROCESS, 140, 141) /* getpriority */
	BOTH(PROCESS, 203, 122) /* sched_setaffinity */
	BOTH(PROCESS, 204, 123) /* sched_getaffinity */
	BOTH(PROCESS, 144, 119) /* sched_setscheduler */
	BOTH(PROCESS, 145, 120) /* sched_getscheduler */
	BOTH(PROCESS, 142, 118) /* sched_setparam */
	BOTH(PROCESS, 143, 121) /* sched_getparam */

	BOTH(QUERY, 98, 165) /* getrusage */
	BOTH(QUERY, 97, 163) /* getrlimit */
	BOTH(QUERY, 160, 164) /* setrlimit */
	BOTH(QUERY, 302, 261) /* prlimit64 */
	BOTH(QUERY, 100, 153) /* times */
	BOTH(QUERY, 39, 172) /* getpid */
	BOTH(QUERY, 110, 173) /* getppid */
	BOTH(QUERY, 102, 174) /* getuid */
	BOTH(QUERY, 107, 175) /* geteuid */
	BOTH(QUERY, 104, 176) /* getgid */
	BOTH(QUERY, 108, 177) /* getegid */
	BOTH(QUERY, 186, 178) /* gettid */
	BOTH(QUERY, 63, 160) /* uname */
	BOTH(QUERY, 99, 179) /* sysinfo */
	BOTH(QUERY, 309, 168) /* getcpu */

	X86(IPC, 22) /* pipe */
	BOTH(IPC, 293, 59) /* pipe2 */
	BOTH(IPC, 68, 186) /* msgget */
	BOTH(IPC, 69, 189) /* msgsnd */
	BOTH(IPC, 70, 188) /* msgrcv */
	BOTH(IPC, 71, 187) /* msgctl */
	BOTH(IPC, 64, 190) /* semget */
	BOTH(IPC, 65, 193) /* semop */
	BOTH(IPC, 66, 191) /* semctl */
	BOTH(IPC, 29, 194) /* shmget */
	BOTH(IPC, 30, 196) /* shmat */
	BOTH(IPC, 67, 197) /* shmdt */
	BOTH(IPC, 31, 195) /* shmctl */
	BOTH(IPC, 240, 180) /* mq_open */
	BOTH(IPC, 241, 181) /* mq_unlink */
	BOTH(IPC, 242, 182) /* mq_timedsend */
	BOTH(IPC, 243, 183) /* mq_timedreceive */
	BOTH(IPC, 244, 184) /* mq_notify */
	BOTH(IPC, 245, 185) /* mq_getsetattr */

	X86(TIMER, 37) /* alarm */
	BOTH(TIMER, 36, 102) /* getitimer */
	BOTH(TIMER, 38, 103) /* setitimer */
	BOTH(TIMER, 222, 107) /* timer_create */
	BOTH(TIMER, 226, 111) /* timer_delete */
	BOTH(TIMER, 225, 109) /* timer_getoverrun */
	BOTH(TIMER, 224, 108) /* timer_gettime */
	BOTH(TIMER, 223, 110) /* timer_settime */
	BOTH(TIMER, 283, 85) /* timerfd_create */
	BOTH(TIMER, 287, 87) /* timerfd_gettime */
	BOTH(TIMER, 286, 86) /* timerfd_settime */

	X86(EVENT, 284) /* eventfd */
	BOTH(EVENT, 290, 19) /* eventfd2 */
	X86(EVENT, 282) /* signalfd */
	BOTH(EVENT, 289, 74) /* signalfd4 */
	X86(EVENT, 253) /* inotify_init */
	BOTH(EVENT, 294, 26) /* inotify_init1 */
	BOTH(EVENT, 254, 27) /* inotify_add_watch */
	BOTH(EVENT, 255, 28) /* inotify_rm_watch */
	BOTH(EVENT, 300, 262) /* fanotify_init */
	BOTH(EVENT, 301, 263) /* fanotify_mark */
	BOTH(EVENT, 206, 0) /* io_setup */
	BOTH(EVENT, 207, 1) /* io_destroy */
	BOTH(EVENT, 209, 2) /* io_submit */
	BOTH(EVENT, 210, 3) /* io_cancel */
	BOTH(EVENT, 208, 4) /* io_getevents */
	BOTH(EVENT, 425, 425) /* io_uring_setup */
	BOTH(EVENT, 426, 426) /* io_uring_enter */
	BOTH(EVENT, 427, 427) /* io_uring_register */
};
/* clang-format on */

#undef BOTH
#undef X86

#endif
