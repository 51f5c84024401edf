package io.rezolus.core.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import java.util.List;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.Test;

class ReadingTableTest {
  private final ReadingTable table = new ReadingTable();

  @Test
  void shows_series_with_their_labels() {
    Metric metric = Metric.counter("cpu_usage", "nanoseconds", "CPU time").with("state", "user");
    Series series = Series.of(Member.indexed("cpu_usage", metric, 0), "17");
    assertEquals(
        """
        SERIES            VALUE  LABELS
        cpu_usage/user/0  17     id=0 sampler=cpu_usage state=user unit=nanoseconds
        """,
        format(List.of(series)));
  }

  @Test
  void shows_the_cost_of_a_program_run() {
    assertEquals(
        """
        SAMPLER  REFRESH   BPF RUNS  NS/RUN  BPF TIME
        a        0.250 ms  4         500     0.002 ms
        b        -         -         -       -
        """,
        format(List.of(new SamplerCost("a", 250_000, 4, 2_000), new SamplerCost("b", 0, 0, 0))));
  }

  @Test
  void says_how_to_have_runs_counted_where_none_are() {
    assertEquals(
        """
        SAMPLER  REFRESH  BPF RUNS  NS/RUN  BPF TIME
        a        -        -         -       -
        BPF runs are counted while kernel.bpf_stats_enabled is 1
        """,
        format(List.of(new SamplerCost("a", 0, 0, 0))));
  }

  @Test
  void leaves_other_lists_to_the_shell() {
    assertNull(format(List.of("text")));
    assertNull(format(List.of()));
  }

  private CharSequence format(Object target) {
    return table.format(target, Converter.INSPECT, null);
  }
}
