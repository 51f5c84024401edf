package io.rezolus.samplers.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfHost;
import io.rezolus.core.bpfhost.BpfIterator;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.core.bpfhost.RunStatistics;
import io.rezolus.test.kernel.LongArray;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchedulerProgramsTest {
  private final List<String> calls = new ArrayList<>();
  private final List<String> cleared = new ArrayList<>();
  private String refused = "";
  private BpfObjectSpec last;
  private final Set<Feature> expected = EnumSet.noneOf(Feature.class);
  private boolean stopping;
  private final LongArray histograms = new LongArray(new long[HistogramGroup.SINCE + 1]);
  private final SchedulerPrograms programs =
      new SchedulerPrograms(new RecordingHost(), expected::contains, () -> stopping);

  @Test
  void loads_once_changes_in_place_and_closes_with_the_last_feature() throws Exception {
    BpfObject object = programs.enable(Feature.MIGRATIONS);
    assertSame(object, programs.enable(Feature.RUNQUEUE));
    programs.disable(Feature.MIGRATIONS);
    programs.disable(Feature.MIGRATIONS);
    programs.disable(Feature.RUNQUEUE);
    programs.enable(Feature.RUNQUEUE);
    assertEquals(
        List.of(
            "load [sched_migrate_task, cgroup_rmdir]",
            "reload [sched_process_free, sched_switch, sched_wakeup, sched_wakeup_new, cgroup_rmdir,"
                + " sched_migrate_task]",
            "reload [sched_process_free, sched_switch, sched_wakeup, sched_wakeup_new, cgroup_rmdir]",
            "close",
            "load [sched_process_free, sched_switch, sched_wakeup, sched_wakeup_new, cgroup_rmdir]"),
        calls);
  }

  @Test
  void leaves_the_feature_in_use_alone_when_another_is_refused() throws Exception {
    programs.enable(Feature.RUNQUEUE);
    refused = "sched_migrate_task";
    assertThrows(BpfException.class, () -> programs.enable(Feature.MIGRATIONS));
    programs.disable(Feature.MIGRATIONS);
    assertEquals(List.of(ProgramStatus.attached("sched_switch", null)), statuses());
    programs.disable(Feature.RUNQUEUE);
    assertEquals("close", calls.get(calls.size() - 1));
  }

  @Test
  void loads_at_once_what_the_other_sampler_is_about_to_ask_for() throws Exception {
    expected.addAll(EnumSet.allOf(Feature.class));
    programs.enable(Feature.MIGRATIONS);
    programs.enable(Feature.RUNQUEUE);
    assertEquals(
        List.of(
            "load [sched_process_free, sched_switch, sched_wakeup, sched_wakeup_new, cgroup_rmdir,"
                + " sched_migrate_task]"),
        calls);
  }

  @Test
  void fails_only_the_sampler_whose_programs_are_refused() throws Exception {
    expected.addAll(EnumSet.allOf(Feature.class));
    refused = "sched_migrate_task";
    programs.enable(Feature.RUNQUEUE);
    assertThrows(BpfException.class, () -> programs.enable(Feature.MIGRATIONS));
    assertEquals(
        List.of(
            "load [sched_process_free, sched_switch, sched_wakeup, sched_wakeup_new, cgroup_rmdir]"),
        calls);
  }

  @Test
  void lets_go_of_everything_at_once_when_the_bundle_stops() throws Exception {
    expected.addAll(EnumSet.allOf(Feature.class));
    programs.enable(Feature.RUNQUEUE);
    programs.enable(Feature.MIGRATIONS);
    calls.clear();
    stopping = true;
    programs.disable(Feature.RUNQUEUE);
    programs.disable(Feature.MIGRATIONS);
    assertEquals(List.of("close"), calls);
  }

  @Test
  void voids_the_stamps_of_tasks_when_nobody_keeps_them_up_to_date() throws Exception {
    programs.enable(Feature.RUNQUEUE);
    programs.enable(Feature.MIGRATIONS);
    assertEquals(0, histograms.get(HistogramGroup.SINCE));
    long before = System.nanoTime();
    programs.disable(Feature.RUNQUEUE);
    long since = histograms.get(HistogramGroup.SINCE);
    assertTrue(since >= before && since <= System.nanoTime(), since + " ns");
    assertEquals(List.of("task_stamps_high"), cleared);
  }

  @Test
  void sizes_maps_to_the_host_and_switches_features_by_constants() throws Exception {
    programs.enable(Feature.RUNQUEUE);
    assertEquals(65536, last.mapEntries().get("task_stamps_high"));
    assertEquals(4, last.mapEntries().get("cpu_counters"));
    assertEquals(1L, last.constants().get("runqueue"));
    assertEquals(0L, last.constants().get("migrations"));
  }

  private List<ProgramStatus> statuses() {
    return programs.programs(Feature.RUNQUEUE);
  }

  private void record(String call, BpfObjectSpec spec) throws BpfException {
    List<String> hooks = spec.hooks().stream().map(Hook::name).toList();
    if (hooks.contains(refused)) {
      throw new BpfException(refused + ": refused");
    }
    last = spec;
    calls.add(call + ' ' + hooks);
  }

  /** Keeps what it was asked to load. */
  private final class RecordingHost implements BpfHost {
    @Override
    public BpfObject load(BpfObjectSpec spec) throws BpfException {
      record("load", spec);
      return new RecordingObject();
    }

    @Override
    public int possibleCpus() {
      return 4;
    }

    @Override
    public int highTasks() {
      return 65536;
    }
  }

  private final class RecordingObject implements BpfObject {
    @Override
    public MappedLongs map(String name) {
      return name.equals("histograms") ? histograms : new LongArray(0);
    }

    @Override
    public int removeIf(String map, EntryTest gone) {
      cleared.add(map);
      return 0;
    }

    @Override
    public BpfIterator iterator(String program) {
      throw new UnsupportedOperationException(program);
    }

    @Override
    public List<ProgramStatus> programs() {
      return List.of(
          ProgramStatus.attached("sched_switch", null),
          ProgramStatus.attached("sched_migrate_task", null));
    }

    @Override
    public RunStatistics runStatistics(String... hooks) {
      return RunStatistics.NONE;
    }

    @Override
    public void reload(BpfObjectSpec spec) throws BpfException {
      record("reload", spec);
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
