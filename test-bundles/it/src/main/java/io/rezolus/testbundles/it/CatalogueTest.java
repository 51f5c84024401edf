package io.rezolus.testbundles.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.test.kernel.KernelHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;

/** What the agent serves is what upstream Rezolus declares, metric by metric. */
class CatalogueTest {
  /** Labels of single series: the members of a group, and what a histogram's buckets are. */
  private static final Set<String> OF_MEMBERS =
      Set.of(
          "id",
          "name",
          "pid",
          "tgid",
          "comm",
          "cgroup",
          "sampler",
          "metric",
          "unit",
          "grouping_power",
          "max_value_power");

  private final RunningAgent agent = new RunningAgent();
  private Path catalogue;

  @BeforeEach
  void find() {
    String data =
        FrameworkUtil.getBundle(CatalogueTest.class)
            .getBundleContext()
            .getProperty("rezolus.testdata");
    assumeTrue(data != null && !data.isEmpty(), "-Drezolus.testdata names no test data");
    catalogue = Path.of(data, "catalogue.tsv");
    assumeTrue(Files.exists(catalogue), catalogue + " is not there");
    KernelHost.assumeBpf();
    KernelHost.assumeCpuCgroups();
  }

  @Test
  void every_metric_of_a_sampler_is_there_in_its_group_with_unit_kind_and_labels()
      throws Exception {
    Set<String> samplers = new TreeSet<>();
    for (JsonElement sampler : JsonParser.parseString(agent.get("/samplers")).getAsJsonArray()) {
      samplers.add(sampler.getAsJsonObject().get("name").getAsString());
    }
    Set<String> declared = new TreeSet<>();
    for (String line : Files.readAllLines(catalogue)) {
      // sampler metric kind index unit labels group bpf description platform
      String[] field = line.split("\t");
      // run statistics are there only while the kernel keeps them
      if (samplers.contains(field[0])
          && !field[9].equals("macos")
          && !field[1].startsWith("rezolus_bpf_")) {
        declared.add(
            row(
                field[6],
                field[2].replace("_group", ""),
                field[1],
                field[4],
                field[5].equals("-") ? "" : field[5]));
      }
    }
    assertEquals(true, declared.size() > 50, "the catalogue has the samplers of this agent");
    agent.await(
        "all of the catalogue",
        () -> {
          Set<String> missing = new TreeSet<>(declared);
          missing.removeAll(served());
          return missing;
        },
        Set::isEmpty);
    Set<String> more = new TreeSet<>(served());
    more.removeAll(declared);
    more.removeIf(row -> row.contains(" rezolus_jvm_") || row.contains(" rezolus_bpf_"));
    assertEquals(Set.of(), more, "names of our own begin with rezolus_jvm_ or rezolus_bpf_");
  }

  private Set<String> served() throws Exception {
    Set<String> rows = new TreeSet<>();
    JsonObject snapshot = JsonParser.parseString(agent.get("/metrics/json")).getAsJsonObject();
    for (JsonElement element : snapshot.getAsJsonArray("groups")) {
      JsonObject group = element.getAsJsonObject();
      for (String kind : List.of("counter", "gauge", "histogram")) {
        JsonArray members = group.getAsJsonObject("schema").getAsJsonArray(kind + "s");
        for (JsonElement member : members) {
          JsonObject labels = member.getAsJsonObject().getAsJsonObject("metadata");
          rows.add(
              row(
                  group.get("name").getAsString(),
                  kind,
                  labels.get("metric").getAsString(),
                  labels.has("unit") ? labels.get("unit").getAsString() : "-",
                  fixed(labels)));
        }
      }
    }
    return rows;
  }

  private static String fixed(JsonObject labels) {
    Map<String, String> fixed = new TreeMap<>();
    for (Map.Entry<String, JsonElement> label : labels.entrySet()) {
      if (!OF_MEMBERS.contains(label.getKey())) {
        fixed.put(label.getKey(), label.getValue().getAsString());
      }
    }
    return String.join(
        ",", fixed.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  private static String row(String group, String kind, String metric, String unit, String labels) {
    return String.join(" ", group, kind, metric, unit, labels);
  }
}
