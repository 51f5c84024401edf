package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

class LeakTest {
  private static final int CYCLES = 100;

  private final BundleContext context = FrameworkUtil.getBundle(LeakTest.class).getBundleContext();
  private final RunningAgent agent = new RunningAgent();
  private final DeployDirectory deploy = new DeployDirectory();

  @Test
  void a_hundred_cycles_of_install_update_remove_leave_nothing_behind() throws Exception {
    for (int i = 0; i < 3; i++) {
      cycle(new ArrayList<>()); // what is opened once and kept, is open now
    }
    Map<String, Integer> before = Resources.count();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < CYCLES; i++) {
      cycle(loaders);
    }
    assertEquals(2 * CYCLES, loaders.size());
    nothingGrew(before);
    collected(loaders);
  }

  @Test
  void a_hundred_restarts_of_a_bundle_with_bpf_programs_leave_nothing_behind() throws Exception {
    Bundle bundle = bundle("io.rezolus.samplers.syscall");
    restart(bundle);
    restart(bundle);
    Map<String, Integer> before = Resources.count();
    for (int i = 0; i < CYCLES; i++) {
      restart(bundle);
    }
    nothingGrew(before);
  }

  private void cycle(List<WeakReference<ClassLoader>> loaders) throws Exception {
    byte[] jar = Files.readAllBytes(deploy.jar("hello-sampler"));
    Bundle bundle = context.installBundle("cycle", new ByteArrayInputStream(jar));
    bundle.start();
    agent.await("hello's metrics", () -> agent.counters("hello"), map -> !map.isEmpty());
    loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    DeployDirectory.copyWithVersion(new ByteArrayInputStream(jar), changed, "9.9.9");
    bundle.update(new ByteArrayInputStream(changed.toByteArray()));
    agent.await("hello's metrics", () -> agent.counters("hello"), map -> !map.isEmpty());
    loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
    bundle.uninstall();
    agent.await("no hello", () -> agent.sampler("hello"), Optional::isEmpty);
  }

  private static void restart(Bundle bundle) throws Exception {
    bundle.stop();
    bundle.start();
  }

  /** Pools may shrink and breathe by a thread or a connection; a leak shows a hundredfold. */
  private void nothingGrew(Map<String, Integer> before) throws Exception {
    agent.await(
        "the counts of before, " + before,
        Resources::count,
        after ->
            after.entrySet().stream()
                .allMatch(
                    count ->
                        count.getValue()
                            <= before.getOrDefault(count.getKey(), 0) + slack(count.getKey())));
  }

  private static int slack(String kind) {
    return kind.contains("bpf") ? 0 : 8;
  }

  private void collected(List<WeakReference<ClassLoader>> loaders) throws Exception {
    // the last wiring may be kept by a cache until the next bundle comes
    long left =
        agent.await(
            "class loaders collected",
            () -> {
              System.gc();
              return loaders.stream().filter(loader -> loader.get() != null).count();
            },
            count -> count <= 2);
    assertTrue(left <= 2);
  }

  private Bundle bundle(String name) {
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getSymbolicName().equals(name)) {
        return bundle;
      }
    }
    throw new AssertionError(name + " is not installed");
  }
}
