package io.rezolus.libs.recording.combine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.Progress;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.TableView;
import io.rezolus.libs.recording.TestData;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.wraps.parquet.Longs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CombinationTest {
  private static final CombineOptions INNER = new CombineOptions(Join.INNER, true, null);
  private static final CombineOptions OUTER = new CombineOptions(Join.OUTER, false, null);
  private static final long SECOND = Made.SECOND;

  @TempDir private Path folder;
  private Made made;

  @BeforeEach
  void setUp() {
    made = new Made(folder);
  }

  @Test
  void has_the_moments_common_to_all_inputs_with_the_values_of_each() throws IOException {
    Table table =
        combined(INNER, made.agent("a", 0, 1, 2, 3, 4, 5, 6, 7), made.agent("b", 0, 3, 4, 6, 9))
            .table();
    assertArrayEquals(new long[] {3 * SECOND, 4 * SECOND, 6 * SECOND}, table.timestamps(0));
    for (String name : new String[] {"a::0", "b::0", "duration"}) {
      assertArrayEquals(new long[] {3, 4, 6}, values(table, name).values(), name);
    }
    assertArrayEquals(new long[] {-3, -4, -6}, values(table, "a::1").values());
    long[][] histograms = table.histograms(column(table, "b::2:buckets"), 0);
    assertArrayEquals(new long[] {6, 0, -1}, histograms[2]);
  }

  @Test
  void an_outer_join_keeps_every_row_and_leaves_the_others_without_values() throws IOException {
    Table table =
        combined(OUTER, made.agent("a", 0, 1, 2, 3), made.service("s.parquet", "db", null, 3, 4))
            .table();
    assertEquals(4, table.rows());
    assertEquals("{0, 1, 2}", values(table, "a::0").present().toString());
    assertEquals("{2, 3}", values(table, "db/0::0").present().toString());
    assertNull(table.histograms(column(table, "db/0::2:buckets"), 0)[1]);
  }

  @Test
  void an_outer_join_needs_no_overlap() throws IOException {
    assertEquals(
        4, combined(OUTER, made.agent("a", 0, 1, 2), made.agent("b", 0, 8, 9)).table().rows());
  }

  @Test
  void the_row_nearest_to_a_moment_wins() throws IOException {
    CombineInput jittered =
        made.input(
            "j.parquet",
            Map.of("source", "rezolus", "sampling_interval_ms", "2000", "node", "j"),
            Map.of(),
            0,
            4,
            5,
            6,
            7);
    CombineInput other =
        made.input("k.parquet", Map.of("source", "rezolus", "node", "k"), Map.of(), 0, 4, 6, 8);
    Table table = combined(new CombineOptions(Join.INNER, false, null), jittered, other).table();
    assertArrayEquals(new long[] {4 * SECOND, 6 * SECOND, 8 * SECOND}, table.timestamps(0));
    assertArrayEquals(new long[] {4, 6, 7}, values(table, "j::0").values());
  }

  @Test
  void two_services_of_one_instance_number_have_columns_of_different_names() throws IOException {
    Combination combination =
        combined(
            INNER,
            made.service("x.parquet", "db", null, 1, 2),
            made.service("y.parquet", "cache", null, 1, 2));
    HashSet<String> names = new HashSet<>();
    combination.table().columns().forEach(column -> assertTrue(names.add(column.name())));
    RecordedColumn column = column(combination.table(), "cache/0::0");
    assertEquals("requests", column.metric());
    assertEquals("0", column.label("instance"));
    assertEquals("cache", column.label("source"));
    assertEquals("[\"cache\",\"db\"]", combination.metadata().get("source"));
  }

  @Test
  void an_agent_recorded_under_another_name_is_a_node() throws IOException {
    CombineInput renamed =
        made.input(
            "host-4241.parquet",
            Map.of("source", "host-4241", "sampling_interval_ms", "1000"),
            Map.of("sampler", "cpu"),
            0,
            1,
            2);
    Table table = combined(INNER, renamed, made.agent("b", 0, 1, 2)).table();
    assertEquals("host-4241", column(table, "host-4241::0").label("node"));
  }

  @Test
  void a_combination_can_be_combined_again() throws IOException {
    Path both = folder.resolve("both.parquet");
    combined(INNER, made.agent("a", 0, 1, 2), made.service("s.parquet", "db", "7", 1, 2))
        .write(both, Map.of(), Progress.NONE);
    Combination again = combined(INNER, Made.open(both), made.agent("c", 0, 1, 2));
    assertArrayEquals(new long[] {1, 2}, values(again.table(), "db/7::0").values());
    assertArrayEquals(new long[] {1, 2}, values(again.table(), "c::0").values());
    assertEquals("[\"db\",\"rezolus\"]", again.metadata().get("source"));
    JsonObject sources = json(again, "per_source_metadata");
    assertTrue(sources.getAsJsonObject("db").has("7"));
    assertTrue(sources.getAsJsonObject("rezolus").has("a"));
    assertTrue(sources.getAsJsonObject("rezolus").has("c"));
    assertRefused("node a", INNER, Made.open(both), made.agent("a", 0, 1, 2));
  }

  @Test
  void a_combination_of_machines_alone_can_be_combined_again() throws IOException {
    Path both = folder.resolve("both.parquet");
    combined(INNER, made.agent("a", 0, 1, 2), made.agent("b", 0, 1, 2))
        .write(both, Map.of(), Progress.NONE);
    Combination again = combined(INNER, Made.open(both), made.agent("c", 0, 1, 2));
    for (String node : new String[] {"a", "b", "c"}) {
      assertEquals(node, column(again.table(), node + "::0").label("node"));
    }
    JsonObject sources = json(again, "per_source_metadata").getAsJsonObject("rezolus");
    assertEquals(Set.of("a", "b", "c"), sources.keySet());
    assertRefused("node a", INNER, Made.open(both), made.agent("a", 0, 1, 2));
  }

  @Test
  void a_column_name_that_an_input_has_twice_is_made_unique() throws IOException {
    Path both = folder.resolve("both.parquet");
    CombineInput other = made.service("s.parquet", "db", "7", 1, 2);
    CombineInput twice = new CombineInput("twice", "t", twice(other.table()), other.metadata());
    combined(INNER, twice, made.agent("a", 0, 1, 2)).write(both, Map.of(), Progress.NONE);
    Table table = ParquetRecording.open(both).table();
    assertEquals("requests", column(table, "db/7::0#2").metric());
    assertEquals("latency", column(table, "db/7::2#2:buckets").metric());
  }

  @Test
  void what_is_known_of_each_source_is_nested_and_kpis_and_descriptions_with_it()
      throws IOException {
    CombineInput agent =
        with(
            made.agent("a", 0, 1, 2),
            Map.of(
                "version", "1.2",
                "systeminfo", "{\"hostname\":\"h\"}",
                "descriptions", "{\"requests\":\"help\"}",
                "per_source_metadata",
                    "{\"rezolus\":{\"first_sample_ns\":5,\"sampler_status\":[]}}",
                "selection", "{\"x\":1}"));
    CombineInput service =
        with(
            made.service("s.parquet", "db", "7", 1, 2),
            Map.of(
                "service_queries", "{\"service_name\":\"db\",\"kpis\":[]}",
                "per_source_metadata", "{\"db\":{\"0\":{\"role\":\"service\"}}}"));
    Combination combination = combined(INNER, service, agent);
    JsonObject sources = json(combination, "per_source_metadata");
    JsonObject node = sources.getAsJsonObject("rezolus").getAsJsonObject("a");
    assertEquals("1.2", node.get("version").getAsString());
    assertEquals("a", node.get("node").getAsString());
    assertEquals(5, node.get("first_sample_ns").getAsLong());
    assertEquals("h", node.getAsJsonObject("systeminfo").get("hostname").getAsString());
    assertEquals(
        "help",
        sources
            .getAsJsonObject("rezolus")
            .getAsJsonObject("descriptions")
            .get("requests")
            .getAsString());
    JsonObject instance = sources.getAsJsonObject("db").getAsJsonObject("7");
    assertEquals("service", instance.get("role").getAsString());
    assertTrue(instance.has("service_queries"));
    assertEquals("{\"hostname\":\"h\"}", combination.metadata().get("systeminfo"));
    assertEquals("{\"x\":1}", combination.metadata().get("selection"));
    assertFalse(combination.metadata().containsKey("descriptions"));
  }

  @Test
  void events_are_merged_in_order_and_malformed_ones_only_warned_of() throws IOException {
    Map<String, String> late =
        Map.of(
            "events",
            "{\"events\":[{\"timestamp\":9,\"description\":\"z\",\"id\":\"1\"},"
                + "{\"timestamp\":3,\"description\":\"y\"}]}");
    Map<String, String> early =
        Map.of("events", "{\"events\":[{\"timestamp\":1,\"description\":\"x\",\"id\":\"1\"}]}");
    Combination combination =
        combined(
            INNER,
            with(made.agent("a", 0, 1, 2), late),
            with(made.agent("b", 0, 1, 2), early),
            with(made.agent("c", 0, 1, 2), Map.of("events", "nonsense")));
    assertEquals(
        "{\"events\":[{\"timestamp\":1,\"description\":\"x\",\"id\":\"1\"},"
            + "{\"timestamp\":3,\"description\":\"y\"}]}",
        combination.metadata().get("events"));
    assertEquals(1, combination.warnings().size());
    assertTrue(combination.warnings().get(0).contains("c.parquet"));
  }

  @Test
  void refuses_recordings_that_do_not_go_together() throws IOException {
    CombineInput a = made.agent("a", 0, 1, 2, 3);
    assertRefused("source", INNER, a, without(made.agent("b", 0, 1, 2, 3), "source"));
    assertRefused(
        "250 ms",
        INNER,
        a,
        with(made.agent("b", 0, 1, 2, 3), Map.of("sampling_interval_ms", "250")));
    assertRefused("second recording of node a", INNER, a, made.agent("a", 0, 1, 2, 3));
    assertRefused("do not overlap", INNER, a, made.agent("b", 0, 7, 8));
    assertRefused(
        "do not overlap", new CombineOptions(Join.INNER, false, null), a, made.agent("b", 0, 7, 8));
    assertRefused(
        "all or none",
        INNER,
        made.service("x.parquet", "db", "1", 1, 2),
        made.service("y.parquet", "db", null, 1, 2));
    assertRefused(
        "second recording of db instance 1",
        INNER,
        made.service("x.parquet", "db", "1", 1, 2),
        made.service("y.parquet", "db", "1", 1, 2));
    assertRefused("no moment in common", INNER, made.agent("p", 0, 1, 3), made.agent("q", 0, 2));
  }

  @Test
  void rows_that_were_not_sampled_together_are_refused_unless_the_check_is_bypassed()
      throws IOException {
    CombineInput a = made.agent("a", 0, 1, 2, 3);
    CombineInput b = made.agent("b", 200_000_000, 1, 2, 3);
    assertRefused("0 of 3 rows", INNER, a, b);
    Combination bypassed = combined(new CombineOptions(Join.INNER, false, null), a, b);
    assertEquals(3, bypassed.table().rows());
    assertTrue(bypassed.warnings().get(0).contains("not checked"));
    assertEquals(List.of(), combined(INNER, a, made.agent("c", 90_000_000, 1, 2, 3)).warnings());
  }

  @Test
  void one_row_of_twenty_may_be_sampled_at_another_time() throws IOException {
    for (int apart = 1; apart <= 2; apart++) {
      long[] seconds = LongStream.rangeClosed(1, 20).map(row -> 4 * row).toArray();
      CombineInput one = every4Seconds("a", seconds);
      seconds[7] += 1; // a quarter of the interval
      seconds[12] += apart - 1;
      CombineInput other = every4Seconds("b", seconds);
      if (apart == 1) {
        assertEquals(20, combined(INNER, one, other).table().rows());
      } else {
        assertRefused("18 of 20 rows", INNER, one, other);
      }
    }
  }

  private CombineInput every4Seconds(String node, long... seconds) throws IOException {
    return made.input(
        node + ".parquet",
        Map.of("source", "rezolus", "sampling_interval_ms", "4000", "node", node),
        Map.of(),
        0,
        seconds);
  }

  @Test
  void a_pinned_node_must_be_there() throws IOException {
    CombineInput a = made.agent("a", 0, 1, 2);
    CombineInput b = made.agent("b", 0, 1, 2);
    CombineOptions pinned = new CombineOptions(Join.INNER, true, "b");
    assertEquals("b", combined(pinned, a, b).metadata().get("pinned_node"));
    assertRefused("no such node", new CombineOptions(Join.INNER, true, "z"), a, b);
  }

  @Test
  void can_replace_one_of_its_inputs_and_is_written_in_row_groups() throws IOException {
    long[] seconds = LongStream.range(1, 4001).toArray();
    CombineInput a = made.agent("a", 0, seconds);
    Combination combination = combined(INNER, a, made.agent("b", 0, seconds));
    long[] last = new long[2];
    combination.write(
        folder.resolve("a.parquet"),
        Map.of("owner", "me"),
        (done, total) -> {
          last[0] = done;
          last[1] = total;
        });
    ParquetRecording read = ParquetRecording.open(folder.resolve("a.parquet"));
    assertEquals(4000, read.table().rows());
    assertEquals(3, read.table().parts());
    assertEquals("me", read.metadata().get("owner"));
    assertEquals(3601, read.table().values(column(read.table(), "b::0"), 2).values()[0]);
    assertEquals(last[1], last[0]);
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(path -> path.toString().endsWith(".partial")));
    }
  }

  @Test
  void a_real_recording_keeps_every_value() throws IOException {
    CombineInput demo = Made.open(TestData.path("recordings/demo.parquet"));
    CombineInput renamed = with(demo, Map.of("node", "other"));
    Path output = folder.resolve("both.parquet");
    combined(INNER, demo, renamed).write(output, Map.of(), Progress.NONE);
    Table table = ParquetRecording.open(output).table();
    assertEquals(302, table.rows());
    assertEquals(2 * 279 - 1, table.columns().size());
    for (RecordedColumn column : demo.table().columns()) {
      if (column.name().equals("duration")) {
        continue;
      }
      RecordedColumn copy = column(table, "other::" + column.name());
      if (column.kind() == MetricKind.HISTOGRAM) {
        assertArrayEquals(demo.table().histograms(column, 0), table.histograms(copy, 0));
      } else {
        assertArrayEquals(demo.table().values(column, 0).values(), table.values(copy, 0).values());
      }
    }
  }

  /** The table with every column twice, as some old combinations have them. */
  private static Table twice(Table table) {
    List<RecordedColumn> columns = new ArrayList<>(table.columns());
    columns.addAll(table.columns());
    return new TableView(table, columns);
  }

  private static Combination combined(CombineOptions options, CombineInput... inputs)
      throws IOException {
    return Combination.of(List.of(inputs), options);
  }

  private static void assertRefused(String why, CombineOptions options, CombineInput... inputs) {
    CombineException e =
        assertThrows(CombineException.class, () -> Combination.of(List.of(inputs), options));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static CombineInput with(CombineInput input, Map<String, String> more) {
    TreeMap<String, String> metadata = new TreeMap<>(input.metadata());
    metadata.putAll(more);
    return new CombineInput(input.name(), input.stem(), input.table(), metadata);
  }

  private static CombineInput without(CombineInput input, String key) {
    TreeMap<String, String> metadata = new TreeMap<>(input.metadata());
    metadata.remove(key);
    return new CombineInput(input.name(), input.stem(), input.table(), metadata);
  }

  private static JsonObject json(Combination combination, String key) {
    return JsonParser.parseString(combination.metadata().get(key)).getAsJsonObject();
  }

  private static RecordedColumn column(Table table, String name) {
    return table.columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not there"));
  }

  private static Longs values(Table table, String name) throws IOException {
    return table.values(column(table, name), 0);
  }
}
