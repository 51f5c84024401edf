package io.rezolus.samplers.syscall;

import io.rezolus.core.bpfhost.internal.LibbpfHost;
import io.rezolus.test.kernel.KernelHost;
import io.rezolus.test.kernel.WorkerThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What tests on the running kernel have in common: the programs, and a thread that makes calls. */
abstract class ProgramsOnThisKernel {
  LibbpfHost host;
  SyscallPrograms programs;
  WorkerThread thread;

  @BeforeAll
  static void needs_root_and_btf_and_the_cpu_controller() {
    KernelHost.assumeBpf();
    KernelHost.assumeCpuCgroups();
  }

  @BeforeEach
  void open() throws Exception {
    host = new LibbpfHost(getClass().getClassLoader()::getResource);
    thread = new WorkerThread();
    programs = new SyscallPrograms(host, feature -> true, () -> false);
  }

  @AfterEach
  void close() {
    System.clearProperty(CountedCalls.VARIANT);
    thread.close();
    programs.close();
    host.close();
  }
}
