package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContinuityTest {
  private static final long SECOND = 1_000_000_000L;

  private final Schema schema = schema();
  private final Continuity continuity = new Continuity();

  @Test
  void samples_that_go_on_leave_no_doubt() {
    continuity.answered(snapshot("demo/main", 5, 5, 5));
    continuity.answered(snapshot("demo/main", 6, 5, 9));
    // one counter of many may begin anew by itself
    continuity.answered(snapshot("demo/main", 7, 1, 9));
    assertFalse(continuity.doubtful());
  }

  @Test
  void counters_that_fall_together_are_a_sign_of_a_restart() {
    continuity.answered(snapshot("demo/main", 5, 5, 5));
    continuity.answered(snapshot("demo/main", 1, 2, 9));
    Continuity.Doubt doubt = continuity.takeDoubt();
    assertTrue(doubt.signs());
    assertFalse(doubt.details());
    assertFalse(continuity.doubtful());
  }

  @Test
  void missed_samples_are_a_sign_too() {
    continuity.answered(snapshot("demo/main", 5, 5, 5));
    continuity.failed();
    continuity.answered(snapshot("demo/main", 6, 6, 6));
    assertEquals(true, continuity.takeDoubt().signs());
  }

  @Test
  void a_group_that_was_not_there_has_details_to_ask_for() {
    continuity.answered(snapshot("demo/main", 5, 5, 5));
    assertFalse(continuity.doubtful());
    continuity.answered(snapshot("other/main", 1, 1, 1));
    Continuity.Doubt doubt = continuity.takeDoubt();
    assertTrue(doubt.details());
    assertFalse(doubt.signs());
  }

  @Test
  void an_agent_younger_than_the_last_sample_was_restarted() {
    Continuity.Doubt signs = new Continuity.Doubt(100 * SECOND, true, false);
    assertTrue(signs.restarted(110 * SECOND, 110 * SECOND, 8));
    assertFalse(signs.restarted(110 * SECOND, 110 * SECOND, 12));
    // the fraction of the uptime may be missing
    assertTrue(signs.restarted(110 * SECOND, 110 * SECOND + 1, 10));
    Continuity.Doubt gap = new Continuity.Doubt(100 * SECOND, false, false);
    assertFalse(gap.restarted(110 * SECOND, 110 * SECOND + 1, 10));
    assertFalse(gap.restarted(110 * SECOND, 110 * SECOND, 9));
    assertTrue(gap.restarted(110 * SECOND, 110 * SECOND, 8));
  }

  private Snapshot snapshot(String name, long... counters) {
    GroupData group = new GroupData(name, schema);
    for (int i = 0; i < counters.length; i++) {
      group.counter(i, counters[i]);
    }
    return new Snapshot(1, 1, Map.of(), List.of(group));
  }

  private static Schema schema() {
    Schema.Builder schema = new Schema.Builder();
    for (String op : List.of("read", "write", "poll")) {
      Metric calls = Metric.counter("syscall", "syscalls", "Calls.").with("op", op);
      schema.add(MetricKind.COUNTER, Member.scalar("syscall_counts", calls));
    }
    return schema.build();
  }
}
