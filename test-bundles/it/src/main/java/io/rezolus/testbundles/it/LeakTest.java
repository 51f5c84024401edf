package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rezolus.test.kernel.KernelHost;
import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
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
    byte[] jar = deploy.jar("hello-sampler");
    leavesNothingBehind(2, loaders -> cycle(jar, "hello", loaders));
  }

  @Test
  void a_hundred_cycles_of_a_bundle_with_bpf_programs_leave_nothing_behind() throws Exception {
    KernelHost.assumeBpf();
    Bundle shipped = Jars.bundle("io.rezolus.samplers.syscall");
    byte[] jar = Jars.of(shipped);
    String location = shipped.getLocation();
    shipped.uninstall();
    try {
      leavesNothingBehind(2, loaders -> cycle(jar, "syscall_counts", loaders));
    } finally {
      context.installBundle(location).start();
      agent.await("calls", () -> agent.counters("syscall_counts"), map -> !map.isEmpty());
    }
  }

  @Test
  void a_hundred_bundles_that_throw_leave_nothing_behind() throws Exception {
    byte[] jar = deploy.jar("throwing-sampler");
    leavesNothingBehind(1, loaders -> fail(jar, "throwing", loaders));
  }

  @Test
  void a_hundred_programs_that_the_verifier_rejects_leave_nothing_behind() throws Exception {
    KernelHost.assumeBpf();
    byte[] jar = deploy.jar("rejected-sampler");
    leavesNothingBehind(1, loaders -> fail(jar, "rejected", loaders));
  }

  private void cycle(byte[] jar, String sampler, List<WeakReference<ClassLoader>> loaders)
      throws Exception {
    Bundle bundle = context.installBundle("cycle", new ByteArrayInputStream(jar));
    bundle.start();
    agent.await(sampler, () -> agent.counters(sampler), map -> !map.isEmpty());
    loaders.add(loader(bundle));
    bundle.update(new ByteArrayInputStream(Jars.withVersion(jar, "9.9.9")));
    agent.await(sampler, () -> agent.counters(sampler), map -> !map.isEmpty());
    loaders.add(loader(bundle));
    bundle.uninstall();
    agent.await("no " + sampler, () -> agent.sampler(sampler), Optional::isEmpty);
  }

  private void fail(byte[] jar, String sampler, List<WeakReference<ClassLoader>> loaders)
      throws Exception {
    Bundle bundle = context.installBundle("cycle", new ByteArrayInputStream(jar));
    bundle.start();
    agent.await(
        sampler + " failed",
        () -> agent.sampler(sampler).map(state -> state.get("state").getAsString()).orElse("none"),
        "failed"::equals);
    loaders.add(loader(bundle));
    bundle.uninstall();
    agent.await("no " + sampler, () -> agent.sampler(sampler), Optional::isEmpty);
  }

  private static WeakReference<ClassLoader> loader(Bundle bundle) {
    return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
  }

  /** A hundred times, after a few that open what stays open. */
  private void leavesNothingBehind(int loadersEach, Cycle cycle) throws Exception {
    for (int i = 0; i < 3; i++) {
      cycle.run(new ArrayList<>());
    }
    Map<String, Integer> before = Resources.count();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < CYCLES; i++) {
      cycle.run(loaders);
    }
    assertEquals(loadersEach * CYCLES, loaders.size());
    nothingGrew(before);
    collected(loaders);
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
    agent.await(
        "class loaders collected",
        () -> {
          System.gc();
          return loaders.stream().filter(loader -> loader.get() != null).count();
        },
        count -> count <= 2);
  }

  private interface Cycle {
    void run(List<WeakReference<ClassLoader>> loaders) throws Exception;
  }
}
