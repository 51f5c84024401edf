package io.rezolus.core.bpfhost.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A bundle that is updated in a running framework, as Declarative Services would treat it. */
@Timeout(600)
class BundleUpdateKernelTest {
  @TempDir Path storage;

  private Framework framework;
  private BpfRuntime runtime;
  private Bundle bundle;
  private LibbpfHost host;
  private Caller caller;

  @BeforeAll
  static void needs_root_and_kernel_btf() {
    assumeTrue("root".equals(System.getProperty("user.name")), "loading BPF programs needs root");
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
  }

  @BeforeEach
  void open() throws Exception {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
    framework.start();
    runtime = new BpfRuntime(framework.getBundleContext(), Map.of());
    bundle = framework.getBundleContext().installBundle("memory:sampler", sampler());
    bundle.start();
    host = runtime.hostFor(bundle);
    framework
        .getBundleContext()
        .addBundleListener(
            (SynchronousBundleListener)
                event -> {
                  if (event.getBundle() == bundle && event.getType() == BundleEvent.STOPPING) {
                    host.close();
                  }
                });
    caller = new Caller();
  }

  @AfterEach
  void close() throws Exception {
    caller.close();
    host.close();
    runtime.close();
    framework.stop();
    framework.waitForStop(0);
  }

  private BpfObjectSpec.Builder probe() {
    return BpfObjectSpec.builder("probe")
        .constant("watched_tid", caller.tid())
        .constant("watched_syscall", Caller.GETPPID)
        .hook(Hook.tracepoint("sys_enter"));
  }

  @Test
  void an_update_loses_no_event() throws Exception {
    BpfObject first = host.load(probe().build());
    AtomicBoolean stop = new AtomicBoolean();
    FutureTask<Long> issued = caller.callUntil(stop);
    BpfObject current = first;
    for (int i = 0; i < 3; i++) {
      bundle.update(sampler());
      BpfObject former = current;
      assertThrows(IllegalStateException.class, former::programs);
      host = runtime.hostFor(bundle);
      current = host.load(probe().build());
    }
    stop.set(true);
    assertEquals(issued.get(), current.map("counts").get(0));
  }

  @Test
  void a_sampler_that_closes_its_object_during_the_update_hands_it_over_too() throws Exception {
    BpfObject first = host.load(probe().build());
    framework
        .getBundleContext()
        .addBundleListener(
            (SynchronousBundleListener)
                event -> {
                  if (event.getType() == BundleEvent.STOPPING) {
                    first.close();
                  }
                });
    caller.call(10);
    bundle.update(sampler());
    caller.call(10);
    host = runtime.hostFor(bundle);
    assertEquals(20, host.load(probe().build()).map("counts").get(0));
  }

  @Test
  void a_stop_closes_at_once() throws Exception {
    long before = BpfFiles.open();
    host.load(probe().build());
    bundle.stop();
    assertEquals(before, BpfFiles.open());
    bundle.start();
    host = runtime.hostFor(bundle);
    assertEquals(0, host.load(probe().build()).map("counts").get(0));
  }

  @Test
  void an_uninstalled_bundle_leaves_nothing_waiting() throws Exception {
    long before = BpfFiles.open();
    host.load(probe().build());
    bundle.stop(Bundle.STOP_TRANSIENT);
    assertEquals(false, BpfFiles.open() == before, "the objects wait for the next version");
    bundle.uninstall();
    assertEquals(before, BpfFiles.open());
  }

  @Test
  void a_next_version_that_fails_closes_what_waited() throws Exception {
    long before = BpfFiles.open();
    host.load(probe().build());
    bundle.update(sampler());
    host = runtime.hostFor(bundle);
    assertThrows(
        IllegalArgumentException.class, () -> host.load(probe().constant("no_such", 1).build()));
    assertEquals(before, BpfFiles.open());
  }

  private static InputStream sampler() throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, "sampler");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String path = "bpf/" + NativeLibraries.architecture() + "/probe.bpf.o";
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
        InputStream code = BundleUpdateKernelTest.class.getResourceAsStream('/' + path)) {
      jar.putNextEntry(new JarEntry(path));
      code.transferTo(jar);
      jar.closeEntry();
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
