package io.rezolus.samplers.scheduler;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** Calls that make the scheduler do something definite. */
interface Libc extends Library {
  Libc INSTANCE = Native.load("c", Libc.class);

  int gettid();

  int usleep(int micros);

  int sched_setaffinity(int tid, long size, long[] mask);
}
