package io.rezolus.libs.query.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LiveSourceTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_700_000_000L * SECOND;
  private static final Metric CALLS =
      Metric.counter("syscall", "syscalls", "Calls.").with("op", "read");
  private static final Metric MEMORY = Metric.gauge("memory_free", "bytes", "Free.");
  private static final Metric LATENCY = Metric.histogram("latency", "nanoseconds", "Waiting.");

  private final LiveSource source = source(Duration.ofMinutes(10), Long.MAX_VALUE);

  private static LiveSource source(Duration window, long bytes) {
    return new LiveSource(window, bytes, Duration.ofSeconds(1), Map.of("syscall", "Calls."));
  }

  /** Second {@code s} of an agent whose counter rises by ten; without it unless {@code counted}. */
  private static Snapshot snapshot(int s, boolean counted) {
    Schema.Builder schema = new Schema.Builder();
    int calls = counted ? schema.add(MetricKind.COUNTER, Member.scalar("syscall", CALLS)) : -1;
    int memory = schema.add(MetricKind.GAUGE, Member.scalar("memory", MEMORY));
    int latency = schema.add(MetricKind.HISTOGRAM, Member.scalar("scheduler", LATENCY));
    GroupData group = new GroupData("syscall/main", schema.build());
    if (counted) {
      group.counter(calls, Long.MAX_VALUE + 10L * s);
    }
    group.gauge(memory, -s);
    group.writeHistogram(latency, 3, 64)[100] = s;
    return new Snapshot(START + s * SECOND, 0, Map.of(), List.of(group));
  }

  private Samples only(String metric) {
    var series =
        source.select(
            List.of(
                new io.rezolus.libs.query.Matcher(
                    Labels.NAME, io.rezolus.libs.query.Matcher.Op.EQUAL, metric)),
            Long.MIN_VALUE,
            Long.MAX_VALUE);
    assertEquals(1, series.size());
    return series.get(0).samples();
  }

  private QueryResult.Vector ask(String query, int s) {
    return (QueryResult.Vector)
        new QueryEngine(QueryOptions.DEFAULT).instant(source, query, START + s * SECOND);
  }

  @Test
  void an_empty_past_answers_with_nothing() {
    assertEquals(Long.MAX_VALUE, source.startNanos());
    assertEquals(Long.MIN_VALUE, source.endNanos());
    assertTrue(source.series(List.of(), Long.MIN_VALUE, Long.MAX_VALUE).isEmpty());
    assertTrue(ask("syscall", 0).series().isEmpty());
  }

  @Test
  void holds_every_kind_with_its_labels() {
    for (int s = 0; s < 30; s++) {
      source.add(snapshot(s, true));
    }
    assertEquals(
        List.of(
            Labels.of("__name__", "syscall", "op", "read", "sampler", "syscall"),
            Labels.of("__name__", "memory_free", "sampler", "memory"),
            Labels.of("__name__", "latency", "sampler", "scheduler")),
        source.series(List.of(), Long.MIN_VALUE, Long.MAX_VALUE));
    assertEquals(30, only("syscall").size());
    assertEquals(-29, only("memory_free").value(29));
    assertEquals("histogram", source.metrics().get("latency").kind());
    assertEquals("Calls.", source.metrics().get("syscall").description());
    assertEquals(START, source.startNanos());
    assertEquals(START + 29 * SECOND, source.endNanos());
  }

  @Test
  void counters_above_two_to_the_63_are_exact() {
    for (int s = 0; s < 30; s++) {
      source.add(snapshot(s, true));
    }
    assertEquals(10, ask("rate(syscall[10s])", 29).series().get(0).samples().value(0));
  }

  @Test
  void a_series_that_vanishes_is_gone_at_once_and_comes_back() {
    for (int s = 0; s < 10; s++) {
      source.add(snapshot(s, true));
    }
    for (int s = 10; s < 20; s++) {
      source.add(snapshot(s, false));
    }
    assertEquals(1, ask("syscall", 9).series().size());
    assertEquals(0, ask("syscall", 10).series().size());
    for (int s = 20; s < 25; s++) {
      source.add(snapshot(s, true));
    }
    assertEquals(0, ask("syscall", 19).series().size());
    assertEquals(1, ask("syscall", 21).series().size());
    assertEquals(15, only("syscall").size());
  }

  @Test
  void forgets_what_is_older_than_the_window() {
    LiveSource minute = source(Duration.ofSeconds(60), Long.MAX_VALUE);
    for (int s = 0; s < 500; s++) {
      minute.add(snapshot(s, s < 300));
    }
    assertEquals(START + 440 * SECOND, minute.startNanos());
    assertNull(minute.metrics().get("syscall"), "gone with its last reading");
    assertEquals(2, minute.series(List.of(), Long.MIN_VALUE, Long.MAX_VALUE).size());
  }

  @Test
  void stays_within_its_memory() {
    LiveSource small = source(Duration.ofHours(1), 20_000);
    for (int s = 0; s < 3000; s++) {
      small.add(snapshot(s, true));
      assertTrue(small.bytes() <= 20_000 || small.startNanos() == small.endNanos());
    }
    assertTrue(small.startNanos() < small.endNanos());
    assertEquals(START + 2999 * SECOND, small.endNanos());
  }

  @Test
  void ignores_a_snapshot_it_already_has() {
    assertEquals(0, source.add(snapshot(5, true)));
    assertEquals(0, source.add(snapshot(5, true)));
    assertEquals(1, only("syscall").size());
  }

  @Test
  void goes_on_from_where_a_clock_was_set_back_to() {
    for (int s = 0; s < 30; s++) {
      source.add(snapshot(s, s < 25));
    }
    long held = source.bytes();
    assertEquals(19 * SECOND, source.add(snapshot(10, true)));
    for (int s = 11; s < 30; s++) {
      assertEquals(0, source.add(snapshot(s, true)));
    }
    assertEquals(30, only("syscall").size());
    assertEquals(30, only("latency").size());
    assertEquals(-29, only("memory_free").value(29));
    assertEquals(held, source.bytes(), 64);
    assertEquals(10, ask("rate(syscall[20s])", 29).series().get(0).samples().value(0));
  }

  @Test
  void starts_anew_where_the_clock_is_behind_all_that_is_held() {
    for (int s = 100; s < 130; s++) {
      source.add(snapshot(s, true));
    }
    // the machine came up with a clock that is behind by more than is held
    assertEquals(129 * SECOND, source.add(snapshot(0, true)));
    assertEquals(START, source.startNanos());
    assertEquals(START, source.endNanos());
    assertEquals(1, only("syscall").size());
    assertEquals(0, source.add(snapshot(1, false)));
    assertEquals(1, only("syscall").size());
    assertEquals(2, only("latency").size());
  }

  @Test
  void answers_while_it_is_fed() throws InterruptedException {
    LiveSource fed = source(Duration.ofSeconds(100), Long.MAX_VALUE);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                while (!Thread.currentThread().isInterrupted()) {
                  for (var series : fed.select(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
                    Samples samples = series.samples();
                    for (int i = 1; i < samples.size(); i++) {
                      assertEquals(SECOND, samples.time(i) - samples.time(i - 1));
                    }
                  }
                }
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    reader.start();
    for (int s = 0; s < 3000; s++) {
      fed.add(snapshot(s, true));
    }
    reader.interrupt();
    reader.join();
    assertNull(failure.get());
  }
}
