package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HotPlugTest {
  private static final String CREATED = "hello_processes_created";

  private final RunningAgent agent = new RunningAgent();
  private final DeployDirectory deploy = new DeployDirectory();

  @AfterEach
  void removeWhatWasDeployed() throws Exception {
    deploy.remove("hello-sampler");
    agent.await("no hello sampler", () -> agent.sampler("hello"), Optional::isEmpty);
  }

  @Test
  void a_jar_in_deploy_is_in_the_next_scrape_and_gone_when_removed() throws Exception {
    assertEquals(Map.of(), agent.counters("hello"));
    deploy.install("hello-sampler");
    agent.await("hello active", () -> agent.sampler("hello"), Optional::isPresent);
    Map<String, Long> counters =
        agent.await("hello's metrics", () -> agent.counters("hello"), map -> !map.isEmpty());
    assertTrue(counters.get(CREATED) > 0, counters::toString);
    deploy.remove("hello-sampler");
    agent.await("no hello metrics", () -> agent.counters("hello"), Map::isEmpty);
  }

  @Test
  void an_update_is_a_new_version_of_the_same_sampler() throws Exception {
    deploy.install("hello-sampler");
    agent.await("hello's metrics", () -> agent.counters("hello"), map -> !map.isEmpty());
    long before = agent.counters("hello").get(CREATED);
    deploy.update("hello-sampler", "7.8.9");
    agent.await("version 7.8.9", this::helloVersion, "7.8.9"::equals);
    long after =
        agent
            .await("hello's metrics", () -> agent.counters("hello"), map -> !map.isEmpty())
            .get(CREATED);
    assertTrue(after >= before, before + " then " + after);
  }

  @Test
  void other_samplers_keep_counting_meanwhile() throws Exception {
    Map<String, Long> first = agent.counters("rezolus_rusage");
    assertTrue(!first.isEmpty(), "rezolus_rusage has no counters");
    deploy.install("hello-sampler");
    agent.await("hello's metrics", () -> agent.counters("hello"), map -> !map.isEmpty());
    deploy.remove("hello-sampler");
    agent.await("no hello metrics", () -> agent.counters("hello"), Map::isEmpty);
    Map<String, Long> last = agent.counters("rezolus_rusage");
    assertEquals(first.keySet(), last.keySet());
    first.forEach(
        (series, value) ->
            assertTrue(last.get(series) >= value, () -> series + " fell to " + last.get(series)));
  }

  private String helloVersion() {
    return java.util.Arrays.stream(
            org.osgi.framework.FrameworkUtil.getBundle(HotPlugTest.class)
                .getBundleContext()
                .getBundles())
        .filter(bundle -> bundle.getSymbolicName().endsWith("hello-sampler"))
        .map(bundle -> bundle.getVersion().toString())
        .findFirst()
        .orElse("none");
  }
}
