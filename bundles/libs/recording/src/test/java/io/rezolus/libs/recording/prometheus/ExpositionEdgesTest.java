package io.rezolus.libs.recording.prometheus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What exporters write and parsers get wrong. */
class ExpositionEdgesTest {
  private static final long NOW = 1_700_000_000_000_000_000L;

  private final PrometheusSnapshots snapshots =
      new PrometheusSnapshots("web", "http://h:1/metrics");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{} 5\n",
        "a { } 5\n",
        "a\t5\n",
        "a 5\r\n",
        "a 5",
        "  a   5   \n",
        "a 5 # {trace_id=\"x\"} 1\n",
        "a 5 1700000000000 # {trace_id=\"x\"} 1 1\n",
        "a 5e0\n",
        "a 5.0\n",
        "a +5\n",
        "# EOF\na 5\n",
        "#a 1\na 5\n",
        "# TYPE\n# HELP\n# TYPE a\na 5\n",
        "a 4\na 5\n"
      })
  void forms_of_a_sample(String text) {
    GroupData group = only(text);
    assertEquals(5, group.gauge(0));
    assertEquals(List.of("a"), group.schema().gauges().stream().map(Member::metric).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a{x=\"1,2\"} 5|1,2",
        "a{x=\"1=2\"} 5|1=2",
        "a{x=\"}\"} 5|}",
        "a{x=\"# {\"} 5|# {",
        "a{x=\" y \"} 5|' y '",
        "a{x=\"\\\\\"} 5|\\",
        "a{x=\"a\\\"b\"} 5|a\"b",
        "a{x=\"\"} 5|''",
        "a{x=\"\u00e4\"} 5|\u00e4",
        "a{ x = \"1\" , } 5|1",
        "a{x=\"1\",x=\"2\"} 5|2"
      })
  void label_values_are_taken_whole(String text, String value) {
    assertEquals(value, only(text + "\n").schema().gauges().get(0).labels().get("x"));
  }

  @Test
  void a_line_break_in_a_label_is_written_with_a_backslash() {
    assertEquals("1\n2", only("a{x=\"1\\n2\"} 5\n").schema().gauges().get(0).labels().get("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a five",
        "a 5f",
        "a 1_000",
        "5 5",
        "a{x} 5",
        "a{x=1} 5",
        "a{x=\"1} 5",
        "a{x=\"1\" 5",
        "a{x=\"1\"} ",
        "a 5 soon",
        "{x=\"1\"} 5"
      })
  void what_is_no_sample_costs_only_its_line(String line) {
    GroupData group = only(line + "\nb 7\n");
    assertEquals(1, snapshots.unreadableLines());
    assertEquals(7, group.gauge(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "+Inf", "-Inf", "Inf", "inf", "+inf", "Infinity"})
  void what_is_no_number_is_no_reading_and_no_unreadable_line(String value) {
    GroupData group = only("a " + value + "\nb 7\n");
    assertEquals(1, group.schema().size());
    assertEquals(0, snapshots.unreadableLines());
  }

  @Test
  void a_type_counts_for_the_samples_after_it_and_for_the_exact_name() {
    GroupData group = only("a 1\n# TYPE a counter\na{x=\"1\"} 2\na_b 3\n");
    assertEquals(1, group.schema().counters().size());
    assertEquals(2, group.schema().gauges().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "stateset", "unknown", "gaugehistogram"})
  void types_of_openmetrics_that_are_not_known_here_are_untyped(String type) {
    GroupData group = only("# TYPE a " + type + "\na 1\na_total 2\n");
    assertEquals(1, group.gauge(0));
    assertEquals(2, group.counter(0));
  }

  @Test
  void labels_that_mean_something_here_are_kept_under_another_name() {
    GroupData group =
        only(
            "a{source=\"1\",endpoint=\"2\",metric=\"3\",value_scale=\"1000\",unit=\"s\"} 5\n"
                + "a{source=\"4\"} 6\n");
    Member first = group.schema().gauges().get(0);
    assertEquals("a", first.metric());
    assertEquals("web", first.labels().get("source"));
    assertEquals("1", first.labels().get("exported_source"));
    assertEquals("2", first.labels().get("exported_endpoint"));
    assertEquals("3", first.labels().get("exported_metric"));
    assertEquals("1000", first.labels().get("exported_value_scale"));
    assertFalse(first.labels().containsKey("value_scale"));
    assertEquals("4", group.schema().gauges().get(1).labels().get("exported_source"));
  }

  @Test
  void a_gauge_saturates() {
    GroupData group = only("a 1e300\nb -1e300\nc -9223372036854775808\n");
    assertEquals(Long.MAX_VALUE, group.gauge(0));
    assertEquals(Long.MIN_VALUE, group.gauge(1));
    assertEquals(Long.MIN_VALUE, group.gauge(2));
  }

  @Test
  void absurd_times_do_no_harm() {
    Snapshot snapshot =
        read("a 1 9223372036854775807\nb 2 -5\nc 3 1e300\nd 4 0\ne 5 99999999999999999999\n");
    for (GroupData group : snapshot.groups()) {
      assertTrue(group.windowBeginNanos() >= 0, group.name());
    }
  }

  @Test
  void buckets_out_of_order_and_counts_that_fall_count_what_is_more_than_before() {
    GroupData group =
        only(
            """
            # TYPE h histogram
            h_bucket{le="10"} 4
            h_bucket{le="20"} 3
            h_bucket{le="30"} 9
            h_bucket{le="oops"} 50
            h_bucket{le="+Inf"} 60
            """);
    long[] buckets = group.histogram(0);
    assertEquals(4, buckets[10]);
    assertEquals(0, buckets[20]);
    assertEquals(6, buckets[30]);
    assertEquals(10, Arrays.stream(buckets).sum());
  }

  @Test
  void a_histogram_whose_only_finite_bound_is_zero_has_the_least_range() {
    GroupData group = only("# TYPE h histogram\nh_bucket{le=\"0\"} 2\nh_bucket{le=\"+Inf\"} 2\n");
    assertEquals(8, group.maxValuePower(0));
    assertEquals(2, group.histogram(0)[0]);
  }

  @Test
  void a_bound_beyond_all_range_is_in_the_last_bucket() {
    GroupData group = only("# TYPE h histogram\nh_bucket{le=\"1e30\"} 2\n");
    assertEquals(64, group.maxValuePower(0));
    assertEquals(2, Arrays.stream(group.histogram(0)).sum());
  }

  @Test
  void histograms_of_one_name_are_told_apart_by_their_other_labels() {
    GroupData group =
        only(
            "# TYPE h histogram\nh_bucket{op=\"r\",le=\"1\"} 1\nh_bucket{op=\"w\",le=\"1\"} 2\n"
                + "h_sum{op=\"r\"} 1\nh_count{op=\"r\"} 1\n");
    assertEquals(
        List.of("r", "w"),
        group.schema().histograms().stream().map(m -> m.labels().get("op")).toList());
    assertArrayEquals(
        new long[] {1, 2},
        new long[] {
          Arrays.stream(group.histogram(0)).sum(), Arrays.stream(group.histogram(1)).sum()
        });
    assertEquals(2, group.schema().counters().size());
  }

  @Test
  void a_bucket_without_a_bound_or_without_a_type_is_an_ordinary_sample() {
    GroupData group = only("h_bucket{le=\"1\"} 3\n# TYPE i histogram\ni_bucket 4\n");
    assertEquals(2, group.schema().gauges().size());
    assertEquals("1", group.schema().gauges().get(0).labels().get("le"));
  }

  @Test
  void help_texts_are_decoded_and_of_any_length() {
    read("# HELP a one\\ntwo \\\\ three: \"four\"\n# HELP b\na 1\n");
    assertEquals("one\ntwo \\ three: \"four\"", snapshots.descriptions().get("a"));
    assertFalse(snapshots.descriptions().containsKey("b"));
  }

  @Test
  void bytes_that_are_no_utf_8_are_replaced() {
    byte[] body = "a{x=\"?\"} 5\n".getBytes(StandardCharsets.US_ASCII);
    body[5] = (byte) 0xff;
    GroupData group = snapshots.read(body, NOW).groups().get(0);
    assertEquals("\ufffd", group.schema().gauges().get(0).labels().get("x"));
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
