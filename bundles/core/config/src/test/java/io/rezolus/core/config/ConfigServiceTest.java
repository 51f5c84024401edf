package io.rezolus.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.condition.Condition;

/** The service in a running framework with a real Config Admin. */
class ConfigServiceTest {
  @TempDir Path folder;
  private Path file;
  private Framework framework;
  private ConfigurationAdmin admin;
  private ConfigService service;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("agent.toml");
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage", folder.resolve("cache").toString(),
                    "org.osgi.framework.system.packages.extra", "org.osgi.service.cm;version=1.6.1",
                    "rezolus.config", file.toString()));
    framework.start();
    String felix =
        org.apache.felix.cm.PersistenceManager.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toString();
    framework.getBundleContext().installBundle(felix).start();
    admin =
        framework
            .getBundleContext()
            .getService(framework.getBundleContext().getServiceReference(ConfigurationAdmin.class));
    install("hello");
    install("other");
  }

  @AfterEach
  void stop() throws Exception {
    if (service != null) {
      service.close();
    }
    framework.stop();
    framework.waitForStop(10_000);
  }

  private void open() {
    service = new ConfigService(framework.getBundleContext(), admin);
    framework
        .getBundleContext()
        .registerService(ConfigurationListener.class, service, new Hashtable<>());
  }

  @Test
  void enabled_samplers_have_a_condition_as_soon_as_the_service_is_active() throws Exception {
    Files.writeString(file, "[samplers.other]\nenabled = false\n");
    open();
    assertEquals(List.of("hello"), conditions());
  }

  @Test
  void nothing_runs_before_a_wrong_file_has_been_corrected() throws Exception {
    Files.writeString(file, "[samplers.other]\nenabled = 1\n");
    open();
    assertEquals(List.of(), conditions());
    Files.writeString(file, "");
    eventually(List.of("hello", "other"), this::conditions);
  }

  @Test
  void an_edit_switches_one_sampler_and_a_wrong_edit_changes_nothing() throws Exception {
    Files.writeString(file, "");
    open();
    Files.writeString(file, "[samplers.hello]\nenabled = false\ninterval = \"3s\"\n");
    eventually(List.of("other"), this::conditions);
    eventually("3s", () -> property("io.rezolus.sampler.hello", "interval"));
    Files.writeString(file, "[samplers.hello]\nenabled = maybe\n[defaults]\nenabled = false\n");
    Thread.sleep(2500);
    assertEquals(List.of("other"), conditions());
    assertTrue(service.problem().startsWith("agent.toml:2: "), service.problem());
    Files.writeString(file, "[defaults]\nenabled = false\n[samplers.hello]\nenabled = true\n");
    eventually(List.of("hello"), this::conditions);
    eventually(null, () -> property("io.rezolus.sampler.hello", "interval"));
    assertNull(service.problem());
  }

  @Test
  void a_switch_by_hand_holds_until_the_file_changes() throws Exception {
    Files.writeString(file, "");
    open();
    Hashtable<String, Object> off = new Hashtable<>();
    off.put("enabled", false);
    admin.getConfiguration("io.rezolus.sampler.hello", "?").update(off);
    eventually(List.of("other"), this::conditions);
    Files.writeString(file, "[general]\nttl = \"20ms\"\n");
    eventually(List.of("hello", "other"), this::conditions);
    eventually("20ms", () -> property("io.rezolus.agent", "ttl"));
  }

  @Test
  void a_sampler_installed_later_follows_the_defaults() throws Exception {
    Files.writeString(file, "[defaults]\nenabled = false\n[samplers.late]\nenabled = true\n");
    open();
    assertEquals(List.of(), conditions());
    Bundle late = install("late");
    install("later");
    eventually(List.of("late"), this::conditions);
    late.uninstall();
    eventually(List.of(), this::conditions);
  }

  @Test
  void the_listening_address_is_published_by_itself() throws Exception {
    Files.writeString(file, "[general]\nlisten = \"[::1]:4300\"\n");
    open();
    assertEquals("::1", property("io.rezolus.http", "host"));
    assertEquals(4300, property("io.rezolus.http", "port"));
    Files.writeString(file, "");
    eventually(4241, () -> property("io.rezolus.http", "port"));
    eventually("127.0.0.1", () -> property("io.rezolus.http", "host"));
  }

  @Test
  void the_scheduling_of_the_sampling_threads_is_published_while_the_file_has_it()
      throws Exception {
    Files.writeString(file, "[scheduler]\npolicy = \"fifo\"\npriority = 20\n");
    open();
    assertEquals("fifo", property("io.rezolus.scheduler", "policy"));
    assertEquals(20L, property("io.rezolus.scheduler", "priority"));
    Files.writeString(file, "");
    eventually(null, () -> admin.listConfigurations("(service.pid=io.rezolus.scheduler)"));
  }

  private List<String> conditions() throws Exception {
    TreeSet<String> names = new TreeSet<>();
    for (ServiceReference<Condition> reference :
        framework
            .getBundleContext()
            .getServiceReferences(Condition.class, "(osgi.condition.id=io.rezolus.sampler.*)")) {
      names.add(
          reference
              .getProperty(Condition.CONDITION_ID)
              .toString()
              .substring("io.rezolus.sampler.".length()));
    }
    return List.copyOf(names);
  }

  private Object property(String pid, String key) throws Exception {
    Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
    return found == null ? null : found[0].getProperties().get(key);
  }

  private Bundle install(String sampler) throws Exception {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.putValue("Manifest-Version", "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", sampler);
    main.putValue("Provide-Capability", "io.rezolus.sampler;io.rezolus.sampler=" + sampler);
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    new JarOutputStream(jar, manifest).close();
    return framework
        .getBundleContext()
        .installBundle(sampler, new ByteArrayInputStream(jar.toByteArray()));
  }

  private static <T> void eventually(T expected, Callable<T> actual) throws Exception {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!Objects.equals(expected, actual.call()) && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertEquals(expected, actual.call());
  }
}
