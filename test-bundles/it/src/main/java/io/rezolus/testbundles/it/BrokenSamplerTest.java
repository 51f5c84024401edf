package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokenSamplerTest {
  private final RunningAgent agent = new RunningAgent();
  private final DeployDirectory deploy = new DeployDirectory();

  @Test
  void one_that_throws_while_it_starts_says_what_it_threw() throws Exception {
    fails("throwing-sampler", "throwing", "the tank is empty");
  }

  @Test
  void one_that_the_verifier_rejects_shows_the_verifiers_words() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && Files.exists(Path.of("/sys/kernel/btf/vmlinux")),
        "loading BPF programs needs root and a kernel with BTF");
    fails("rejected-sampler", "rejected", "map_value_or_null");
  }

  @Test
  void one_whose_bundle_lacks_something_names_what_is_missing() throws Exception {
    fails("unresolvable-sampler", "unresolvable", "org.example.nowhere");
  }

  private void fails(String jar, String sampler, String reason) throws Exception {
    deploy.install(jar);
    try {
      String error =
          agent.await(
              sampler + " failed with " + reason,
              () -> error(sampler),
              found -> found.contains(reason));
      assertTrue(!error.contains("\n"), "one line: " + error);
      assertTrue(agent.counters(sampler).isEmpty(), "a failed sampler has no values");
      assertTrue(!agent.counters("rezolus_rusage").isEmpty(), "the others keep counting");
    } finally {
      deploy.remove(jar);
      agent.await("no " + sampler, () -> agent.sampler(sampler), Optional::isEmpty);
    }
  }

  private String error(String sampler) throws Exception {
    Optional<JsonObject> state = agent.sampler(sampler);
    return state.isPresent() && state.get().has("error")
        ? state.get().get("error").getAsString()
        : "no error";
  }
}
