package io.rezolus.samplers.syscall;

import com.sun.jna.Platform;
import io.rezolus.test.kernel.WorkerThread;
import java.util.EnumMap;
import java.util.Map;

/** System calls that a test makes and counts. */
final class Calls {
  /** One call for each class that nothing in a Java thread makes by itself; all of them fail. */
  static final Map<SyscallClass, Integer> OF_CLASS =
      new EnumMap<>(
          Map.of(
              SyscallClass.OTHER, 2000,
              SyscallClass.READ, Platform.isARM() ? 67 : 17, // pread64
              SyscallClass.POLL, Platform.isARM() ? 21 : 233, // epoll_ctl
              SyscallClass.TIME, Platform.isARM() ? 112 : 227, // clock_settime
              SyscallClass.SOCKET, Platform.isARM() ? 204 : 51, // getsockname
              SyscallClass.PROCESS, Platform.isARM() ? 155 : 121, // getpgid
              SyscallClass.QUERY, Platform.isARM() ? 173 : 110, // getppid
              SyscallClass.IPC, Platform.isARM() ? 187 : 71, // msgctl
              SyscallClass.TIMER, Platform.isARM() ? 109 : 225, // timer_getoverrun
              SyscallClass.EVENT, Platform.isARM() ? 1 : 207)); // io_destroy

  private Calls() {}

  /** Makes the call of this class, again and again, on this thread. */
  static int repeat(SyscallClass syscallClass, int times) {
    int number = OF_CLASS.get(syscallClass);
    for (int i = 0; i < times; i++) {
      WorkerThread.call(number);
    }
    return times;
  }
}
