package io.rezolus.libs.recording.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusSnapshotsTest {
  private static final long NOW = 1_700_000_000_123_456_789L;

  private final PrometheusSnapshots snapshots =
      new PrometheusSnapshots("web", "http://localhost:9090/metrics");

  @Test
  void a_declared_counter_becomes_a_counter_with_its_labels_and_where_it_came_from() {
    GroupData group = only("# TYPE hits counter\nhits{path=\"/a,b}=\\\"c\\\"\"} 42\n");
    Member member = group.schema().counters().get(0);
    assertEquals(42, group.counter(0));
    assertEquals("0", member.name());
    assertEquals("hits", member.metric());
    assertEquals("/a,b}=\"c\"", member.labels().get("path"));
    assertEquals("web", member.labels().get("source"));
    assertEquals("http://localhost:9090/metrics", member.labels().get("endpoint"));
  }

  @ParameterizedTest
  @CsvSource({
    "x_total,true",
    "x_sum,true",
    "x_count,true",
    "x_created,false",
    "x,false",
  })
  void an_undeclared_metric_is_a_counter_by_its_ending(String name, boolean counter) {
    GroupData group = only(name + " 7\n");
    assertEquals(counter ? 1 : 0, group.schema().counters().size());
    assertEquals(counter ? 0 : 1, group.schema().gauges().size());
  }

  @Test
  void a_counter_saturates_and_is_never_negative() {
    GroupData group = only("# TYPE a counter\na 1e30\n# TYPE b counter\nb -5\n");
    assertEquals(-1L, group.counter(0));
    assertEquals(0, group.counter(1));
  }

  @Test
  void a_counter_above_the_signed_range_stays_exact() {
    assertEquals(
        "9223372036854779904",
        Long.toUnsignedString(only("# TYPE a counter\na 9223372036854779904\n").counter(0)));
  }

  @Test
  void fractions_survive_by_a_scale_that_the_column_names() {
    GroupData group = only("# TYPE load gauge\nload 0.25\n");
    assertEquals(250_000_000L, group.gauge(0));
    assertEquals("1000000000", group.schema().gauges().get(0).labels().get("value_scale"));
  }

  @Test
  void a_gauge_that_turns_fractional_gets_a_column_of_its_own_and_keeps_it() {
    Member whole = only("# TYPE load gauge\nload 1\n").schema().gauges().get(0);
    Member scaled = only("# TYPE load gauge\nload 1.5\n").schema().gauges().get(0);
    GroupData later = only("# TYPE load gauge\nload 2\n");
    assertFalse(whole.labels().containsKey("value_scale"));
    assertNotEquals(whole.name(), scaled.name());
    assertEquals(scaled, later.schema().gauges().get(0));
    assertEquals(2_000_000_000L, later.gauge(0));
  }

  @Test
  void what_is_not_finite_has_no_reading() {
    assertEquals(1, only("# TYPE a gauge\na NaN\na{x=\"1\"} +Inf\na{x=\"2\"} 3\n").schema().size());
  }

  @Test
  void colons_in_names_become_underscores_also_in_types_and_help() {
    GroupData group = only("# HELP job:hits Hits.\n# TYPE job:hits counter\njob:hits 1\n");
    assertEquals("job_hits", group.schema().counters().get(0).metric());
    assertEquals("Hits.", snapshots.descriptions().get("job_hits"));
  }

  @Test
  void the_first_help_text_of_a_metric_stays() {
    only("# HELP a first\na 1\n");
    only("# HELP a second\na 1\n");
    assertEquals("first", snapshots.descriptions().get("a"));
  }

  @Test
  void a_sample_with_a_time_of_its_own_has_that_as_its_window() {
    Snapshot snapshot = read("a 1\nb 2 1700000000500\n");
    assertEquals(2, snapshot.groups().size());
    assertEquals(NOW, snapshot.groups().get(0).windowBeginNanos());
    assertEquals(1_700_000_000_500_000_000L, snapshot.groups().get(1).windowEndNanos());
    assertEquals(0, snapshot.durationNanos());
  }

  @Test
  void a_summary_becomes_a_gauge_for_each_quantile() {
    GroupData group =
        only("# TYPE s summary\ns{quantile=\"0.5\"} 3\ns{quantile=\"0.9\"} 9\ns_count 4\n");
    assertEquals(
        List.of("0.5", "0.9"),
        group.schema().gauges().stream().map(m -> m.labels().get("quantile")).toList());
    assertEquals(4, group.counter(0));
  }

  @ParameterizedTest
  @CsvSource({"lat_seconds,1,31", "lat_seconds,60,37", "lat_seconds,7680,44", "size,200,9"})
  void a_histogram_has_room_for_its_largest_bound(String name, String largest, int power) {
    GroupData group =
        only(
            "# TYPE %1$s histogram\n%1$s_bucket{le=\"%2$s\"} 5\n%1$s_bucket{le=\"+Inf\"} 6\n"
                .formatted(name, largest));
    assertEquals(7, group.groupingPower(0));
    assertEquals(power, group.maxValuePower(0));
    assertEquals(5, Arrays.stream(group.histogram(0)).sum());
    Member member = group.schema().histograms().get(0);
    assertEquals(name, member.metric());
    assertNull(member.labels().get("le"));
  }

  @Test
  void a_histogram_of_fractions_is_scaled_to_whole_numbers() {
    GroupData group =
        only(
            """
            # TYPE ratio histogram
            ratio_bucket{le="0.05"} 1
            ratio_bucket{le="0.5"} 3
            ratio_bucket{le="+Inf"} 3
            ratio_sum 1.2
            ratio_count 3
            """);
    long[] buckets = group.histogram(0);
    assertEquals(1, buckets[5]);
    assertEquals(2, buckets[50]);
  }

  @Test
  void a_histogram_without_a_finite_bound_is_left_out() {
    assertTrue(read("# TYPE h histogram\nh_bucket{le=\"+Inf\"} 3\n").groups().isEmpty());
  }

  @Test
  void a_series_keeps_its_column_when_others_come_and_go() {
    only("a 1\nb 2\n");
    GroupData group = only("c 3\nb 2\n");
    assertEquals(List.of("2", "1"), group.schema().gauges().stream().map(Member::name).toList());
  }

  @Test
  void an_unchanged_membership_keeps_its_schema_instance() {
    assertSame(only("a 1\n").schema(), only("a 2\n").schema());
  }

  @Test
  void html_is_no_samples_and_says_so() {
    assertTrue(read("<html><body>404</body></html>\n").groups().isEmpty());
    assertEquals(1, snapshots.unreadableLines());
  }

  @Test
  void any_bytes_give_a_snapshot() {
    Random random = new Random(7);
    String alphabet = "ab{}=\",\\ \n#1.eE+-:NaIf\t\u00e9\0";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(60); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      read(text.toString());
    }
  }

  private Snapshot read(String text) {
    return snapshots.read(text.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private GroupData only(String text) {
    Snapshot snapshot = read(text);
    assertEquals(1, snapshot.groups().size());
    return snapshot.groups().get(0);
  }
}
