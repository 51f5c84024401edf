package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.KernelHost;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class LiveUpdateTest {
  private static final int UPDATES = 10;

  private final RunningAgent agent = new RunningAgent();

  @Test
  void each_system_call_counts_once_over_ten_updates_of_the_bundle_that_counts() throws Exception {
    KernelHost.assumeBpf();
    KernelHost.assumeCpuCgroups();
    Bundle bundle = Jars.bundle("io.rezolus.samplers.syscall");
    String original = bundle.getVersion().toString();
    byte[] jar = Jars.of(bundle);
    try (CpuCgroup cgroup = new CpuCgroup("rezolus-it-" + ProcessHandle.current().pid());
        YieldingProcess process = new YieldingProcess()) {
      Map<String, String> series =
          Map.of("metric", "cgroup_syscall", "op", "yield", "name", cgroup.label());
      Files.writeString(cgroup.processes(), Long.toString(process.pid()));
      process.go();
      agent.await("calls", () -> agent.counter("syscall_counts", series), value -> value > 0);
      long before = 0;
      for (int i = 1; i <= UPDATES; i++) {
        update(bundle, jar, "0.1.0.update" + i);
        long seen = before;
        before =
            agent.await(
                "more calls than " + seen,
                () -> agent.counter("syscall_counts", series),
                value -> value > seen);
      }
      long issued = process.stop();
      assertTrue(issued >= before, issued + " issued, " + before + " counted");
      // scrapes within the time to live share a reading, so the first may be from before the end
      long counted =
          agent.await(
              issued + " calls",
              () -> agent.counter("syscall_counts", series),
              value -> value >= issued);
      assertEquals(issued, counted);
    } finally {
      update(bundle, jar, original);
    }
  }

  private static void update(Bundle bundle, byte[] jar, String version) throws Exception {
    bundle.update(new ByteArrayInputStream(Jars.withVersion(jar, version)));
    assertEquals(version, bundle.getVersion().toString());
  }
}
