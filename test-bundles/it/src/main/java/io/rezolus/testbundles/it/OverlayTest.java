package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.rezolus.test.kernel.KernelHost;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** Jars in deploy whose bundles are part of the distribution. */
class OverlayTest {
  private static final String MEMORY = "io.rezolus.samplers.memory";
  private static final String SYSCALL = "io.rezolus.samplers.syscall";

  private final RunningAgent agent = new RunningAgent();
  private final DeployDirectory deploy = new DeployDirectory();
  private String shipped;

  @BeforeEach
  void noteTheVersion() {
    shipped = Jars.bundle(MEMORY).getVersion().toString();
  }

  @AfterEach
  void emptyTheDirectory() throws Exception {
    deploy.clear();
    awaitMemory(shipped);
  }

  @Test
  void a_jar_of_the_shipped_version_gives_the_place_back_when_it_is_removed() throws Exception {
    Bundle bundle = Jars.bundle(MEMORY);
    long before = bundle.getLastModified();
    deploy.put("same", Jars.of(bundle));
    long taken = agent.await("the jar's turn", bundle::getLastModified, time -> time > before);
    awaitMemory(shipped);
    deploy.remove("same");
    agent.await("the shipped one's turn", bundle::getLastModified, time -> time > taken);
    awaitMemory(shipped);
    assertEquals(bundle, Jars.bundle(MEMORY));
  }

  @Test
  void a_jar_of_another_version_takes_the_place_be_it_newer_or_older() throws Exception {
    byte[] jar = Jars.of(Jars.bundle(MEMORY));
    deploy.put("newer", Jars.withVersion(jar, "7.0.0"));
    awaitMemory("7.0.0");
    deploy.remove("newer");
    awaitMemory(shipped);
    deploy.put("older", Jars.withVersion(jar, "0.0.1"));
    awaitMemory("0.0.1");
  }

  @Test
  void of_two_jars_of_one_bundle_the_newer_counts() throws Exception {
    byte[] hello = deploy.jar("hello-sampler");
    deploy.put("b-old", Jars.withVersion(hello, "1.0.0"));
    awaitVersion("hello", "1.0.0");
    deploy.put("a-new", Jars.withVersion(hello, "2.0.0"));
    awaitVersion("hello", "2.0.0");
    deploy.put("c-oldest", Jars.withVersion(hello, "0.5.0"));
    deploy.remove("a-new");
    awaitVersion("hello", "1.0.0");
    deploy.remove("b-old");
    awaitVersion("hello", "0.5.0");
    deploy.remove("c-oldest");
    agent.await("no hello", () -> agent.sampler("hello"), Optional::isEmpty);
  }

  @Test
  void a_file_that_becomes_another_bundle_gives_back_the_first_ones_place() throws Exception {
    deploy.put("changing", Jars.withVersion(Jars.of(Jars.bundle(MEMORY)), "7.0.0"));
    awaitMemory("7.0.0");
    deploy.install("hello-sampler");
    deploy.put("changing", Jars.withVersion(deploy.jar("hello-sampler"), "3.0.0"));
    awaitMemory(shipped);
    awaitVersion("hello", "3.0.0");
  }

  @Test
  void what_is_no_bundle_changes_nothing() throws Exception {
    deploy.put("junk", new byte[] {'P', 'K', 3, 4, 0});
    deploy.put("then", Jars.withVersion(deploy.jar("hello-sampler"), "4.0.0"));
    awaitVersion("hello", "4.0.0");
    awaitMemory(shipped);
  }

  @Test
  void counters_go_on_while_a_jar_comes_and_goes() throws Exception {
    KernelHost.assumeBpf();
    String version = Jars.bundle(SYSCALL).getVersion().toString();
    Map<String, Long> before = agent.counters("syscall_counts");
    deploy.put("counts", Jars.withVersion(Jars.of(Jars.bundle(SYSCALL)), "7.0.0"));
    awaitVersion("syscall_counts", "7.0.0");
    Map<String, Long> taken = counters();
    deploy.remove("counts");
    awaitVersion("syscall_counts", version);
    Map<String, Long> back = counters();
    assertFalse(before.isEmpty());
    before.forEach((series, value) -> assertTrue(taken.get(series) >= value, series));
    taken.forEach((series, value) -> assertTrue(back.get(series) >= value, series));
  }

  private Map<String, Long> counters() throws Exception {
    return agent.await("counts", () -> agent.counters("syscall_counts"), map -> !map.isEmpty());
  }

  private void awaitMemory(String version) throws Exception {
    awaitVersion("memory_meminfo", version);
    awaitVersion("memory_vmstat", version);
  }

  private void awaitVersion(String sampler, String version) throws Exception {
    agent.await(
        sampler + " active from version " + version,
        () -> agent.sampler(sampler).map(OverlayTest::origin).orElse("absent"),
        ("active " + version)::equals);
  }

  private static String origin(JsonObject sampler) {
    return sampler.get("state").getAsString()
        + sampler.get("bundle").getAsString().replaceFirst("\\S+", "");
  }
}
