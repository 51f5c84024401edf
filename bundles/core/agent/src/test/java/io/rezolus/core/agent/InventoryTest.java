package io.rezolus.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.agent.plugin.FailingSampler;
import io.rezolus.core.agent.plugin.PluginSampler;
import io.rezolus.core.agent.plugin.UnsupportedSampler;
import io.rezolus.core.api.sampler.Sampler;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.api.snapshot.SamplerStatus;
import io.rezolus.core.api.snapshot.SamplerStatus.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.condition.Condition;
import org.osgi.util.tracker.ServiceTracker;

/** The inventory of a running framework with a real component runtime. */
class InventoryTest {
  private static final String SHARED =
      String.join(
          ",",
          "io.rezolus.core.api.metric;version=1.0.0",
          "io.rezolus.core.api.sampler;version=1.0.0",
          "io.rezolus.core.api.snapshot;version=1.0.0",
          "org.osgi.service.component;version=1.5.1",
          "org.osgi.service.component.runtime;version=1.5.1",
          "org.osgi.service.component.runtime.dto;version=1.5.1",
          "org.osgi.util.promise;version=1.3.0",
          "org.osgi.util.function;version=1.2.0");

  @TempDir Path folder;
  private String version = "1.0.0";
  private Framework framework;
  private BundleContext context;
  private Agent agent;
  private ServiceTracker<Sampler, Sampler> samplers;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage",
                    folder.resolve("cache").toString(),
                    "org.osgi.framework.system.packages.extra",
                    SHARED,
                    "ds.loglevel",
                    "0",
                    "rezolus.version",
                    "5.17.1"));
    framework.start();
    context = framework.getBundleContext();
    context
        .installBundle(
            org.apache.felix.scr.info.ScrInfo.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString())
        .start();
    agent =
        new Agent(
            context,
            Map.of("ttl", "25ms"),
            context.getService(context.getServiceReference(ServiceComponentRuntime.class)));
    samplers =
        new ServiceTracker<>(context, Sampler.class, null) {
          @Override
          public Sampler addingService(ServiceReference<Sampler> reference) {
            Sampler sampler = super.addingService(reference);
            if (sampler != null) {
              agent.addSampler(sampler, reference);
            }
            return sampler;
          }

          @Override
          public void removedService(ServiceReference<Sampler> reference, Sampler sampler) {
            agent.removeSampler(sampler);
            super.removedService(reference, sampler);
          }
        };
    samplers.open();
  }

  @AfterEach
  void stop() throws Exception {
    samplers.close();
    agent.close();
    framework.stop();
    framework.waitForStop(10_000);
  }

  @Test
  void a_running_sampler_is_active_and_described() throws Exception {
    enable("working");
    install("working", PluginSampler.class, "", "").start();
    SamplerStatus status = only();
    assertEquals(State.ACTIVE, status.state());
    assertNull(status.reason());
    assertEquals("working.bundle 1.0.0", status.bundle());
    assertEquals(Map.of("plugin_gauge", "Says that the plugin works"), agent.descriptions());
    assertEquals("5.17.1", agent.version());
    assertEquals(25, agent.ttl().toMillis());
  }

  @Test
  void a_sampler_is_disabled_by_its_condition_and_comes_back_with_it() throws Exception {
    install("working", PluginSampler.class, "", "").start();
    assertEquals("switched off in the configuration", only().reason());
    assertEquals(State.DISABLED, only().state());
    ServiceRegistration<Condition> condition = enable("working");
    assertEquals(State.ACTIVE, only().state());
    condition.unregister();
    assertEquals(State.DISABLED, only().state());
  }

  @Test
  void a_component_that_throws_is_failed_with_its_message() throws Exception {
    enable("failing");
    install("failing", FailingSampler.class, "", "").start();
    assertEquals(State.FAILED, only().state());
    assertEquals("IllegalStateException: no counters", only().reason());
  }

  @Test
  void a_component_that_finds_its_host_lacking_is_unsupported() throws Exception {
    enable("lacking");
    install("lacking", UnsupportedSampler.class, "", "").start();
    SamplerStatus status = only();
    assertEquals(State.ACTIVE, status.state());
    assertEquals(SamplerHealth.Level.UNSUPPORTED, status.health().level());
    assertEquals("this kernel has no BTF", status.programs().get(0).error());
  }

  @Test
  void a_missing_package_is_named() throws Exception {
    Bundle bundle =
        install("working", PluginSampler.class, ",com.example.gpu;version=\"[2,3)\"", "");
    try {
      bundle.start();
    } catch (BundleException expected) {
      assertEquals(Bundle.INSTALLED, bundle.getState());
    }
    assertEquals(State.FAILED, only().state());
    assertEquals(
        "bundle cannot be resolved: no bundle provides package com.example.gpu of version 2.0.0 or"
            + " its successors",
        only().reason());
  }

  @Test
  void a_missing_service_is_named() throws Exception {
    enable("working");
    install(
            "working",
            PluginSampler.class,
            "",
            "<reference name='gpu' interface='com.example.Gpu'/>")
        .start();
    assertEquals(State.FAILED, only().state());
    assertEquals("no service com.example.Gpu; its bundle is missing or stopped", only().reason());
  }

  @Test
  void what_a_helper_in_the_same_bundle_lacks_is_what_is_missing() throws Exception {
    enable("working");
    install(
            "working",
            PluginSampler.class,
            "",
            "<reference name='helper' interface='java.lang.Runnable'/>",
            """
            <scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.5.0' name='helper'>
              <service><provide interface='java.lang.Runnable'/></service>
              <reference name='gpu' interface='com.example.Gpu'/>
              <implementation class='java.lang.Thread'/>
            </scr:component>
            """)
        .start();
    assertEquals("no service com.example.Gpu; its bundle is missing or stopped", only().reason());
  }

  @Test
  void a_stopped_bundle_is_disabled_and_an_uninstalled_one_is_gone() throws Exception {
    enable("working");
    Bundle bundle = install("working", PluginSampler.class, "", "");
    bundle.start();
    bundle.stop();
    assertEquals("bundle is stopped", only().reason());
    assertEquals(State.DISABLED, only().state());
    bundle.uninstall();
    assertEquals(List.of(), agent.samplers());
  }

  @Test
  void a_bundle_without_the_component_it_declares_is_failed() throws Exception {
    install("other", PluginSampler.class, "", "").start();
    Bundle bundle = install("hollow", null, "", "");
    bundle.start();
    SamplerStatus hollow = agent.samplers().get(0);
    assertEquals("hollow", hollow.name());
    assertEquals(State.FAILED, hollow.state());
    assertTrue(hollow.reason().contains("io.rezolus.sampler.hollow"), hollow.reason());
  }

  @Test
  void a_sampler_whose_refresh_throws_is_degraded() throws Exception {
    TestSampler sampler = new TestSampler("flaky").group("main", "x", 1);
    sampler.work =
        () -> {
          throw new IllegalStateException("device is gone");
        };
    context.registerService(Sampler.class, sampler, new Hashtable<>());
    agent.read(snapshot -> null);
    SamplerStatus status = only();
    assertEquals(State.ACTIVE, status.state());
    assertEquals(SamplerHealth.Level.DEGRADED, status.health().level());
    assertEquals("IllegalStateException: device is gone", status.reason());
  }

  @Test
  void a_sampler_that_is_being_activated_is_no_failure() throws Exception {
    samplers.close(); // nobody gets it, so that it stays that way
    enable("working");
    install("working", PluginSampler.class, "", "").start();
    assertEquals(State.DISABLED, only().state());
    assertEquals("it is starting", only().reason());
  }

  @Test
  void a_second_version_that_waits_for_the_first_is_told_of() throws Exception {
    enable("working");
    Bundle first = install("working", PluginSampler.class, "", "");
    first.start();
    version = "2.0.0";
    install("working", PluginSampler.class, "", "").start();
    assertEquals(State.ACTIVE, only().state());
    assertEquals(
        "runs from working.bundle 1.0.0, not from working.bundle 2.0.0, which has it too;"
            + " uninstall one of the two",
        only().reason());
    first.uninstall();
    agent.read(snapshot -> null);
    assertEquals("working.bundle 2.0.0", only().bundle());
    assertNull(only().reason());
  }

  private SamplerStatus only() {
    assertEquals(1, agent.samplers().size());
    return agent.samplers().get(0);
  }

  private ServiceRegistration<Condition> enable(String sampler) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(Condition.CONDITION_ID, "io.rezolus.sampler." + sampler);
    return context.registerService(Condition.class, Condition.INSTANCE, properties);
  }

  /** Installs a bundle that declares a sampler and, with a class, has its component. */
  @Test
  void a_sampler_whose_components_were_not_read_yet_is_starting() throws Exception {
    install("unread", PluginSampler.class, "", "<cut off").start();
    SamplerStatus status = only();
    assertEquals(State.DISABLED, status.state());
    assertEquals("it is starting", status.reason());
  }

  private Bundle install(String sampler, Class<?> type, String imports, String references)
      throws Exception {
    return install(sampler, type, imports, references, "");
  }

  private Bundle install(
      String sampler, Class<?> type, String imports, String references, String otherComponent)
      throws Exception {
    Manifest manifest = new Manifest();
    put(manifest, "Manifest-Version", "1.0");
    put(manifest, "Bundle-ManifestVersion", "2");
    put(manifest, "Bundle-SymbolicName", sampler + ".bundle");
    put(manifest, "Bundle-Version", version);
    put(manifest, "Provide-Capability", "io.rezolus.sampler;io.rezolus.sampler=" + sampler);
    put(
        manifest,
        "Import-Package",
        "io.rezolus.core.api.metric,io.rezolus.core.api.sampler,io.rezolus.core.api.snapshot"
            + imports);
    if (type != null) {
      put(manifest, "Service-Component", "OSGI-INF/sampler.xml");
      put(
          manifest,
          "Require-Capability",
          "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      if (type != null) {
        entry(jar, PluginSampler.class);
        if (type != PluginSampler.class) {
          entry(jar, type);
        }
        jar.putNextEntry(new JarEntry("OSGI-INF/sampler.xml"));
        String components = component(sampler, type, references) + otherComponent;
        jar.write(("<components>" + components + "</components>").getBytes(StandardCharsets.UTF_8));
      }
    }
    return context.installBundle(sampler + version, new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static String component(String sampler, Class<?> type, String references) {
    return """
        <scr:component xmlns:scr='http://www.osgi.org/xmlns/scr/v1.5.0' name='%s'
            configuration-pid='io.rezolus.sampler.%s'>
          <property name='osgi.ds.satisfying.condition.target'
              value='(osgi.condition.id=io.rezolus.sampler.%s)'/>
          <service><provide interface='io.rezolus.core.api.sampler.Sampler'/></service>
          %s
          <implementation class='%s'/>
        </scr:component>
        """
        .formatted(sampler, sampler, sampler, references, type.getName());
  }

  private static void entry(JarOutputStream jar, Class<?> type) throws Exception {
    String path = type.getName().replace('.', '/') + ".class";
    jar.putNextEntry(new JarEntry(path));
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(path)) {
      bytes.transferTo(jar);
    }
    jar.closeEntry();
  }

  private static void put(Manifest manifest, String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
  }
}
