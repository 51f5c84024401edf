package io.rezolus.samplers.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskTimesTest {
  private final Map<Integer, String> paths = new HashMap<>(Map.of(9, "/system.slice/nginx"));
  private final TaskTimes tasks = new TaskTimes((cssId, serial) -> paths.get(cssId));

  @Test
  void a_task_carries_its_identity_as_labels() {
    refresh(new TaskRecordBuffer().task(7, 5, 36, 4_000_000, 9, 77, "nginx"));

    Member member = members().get(0);
    assertEquals("task_cpu_usage/7@10", member.name());
    assertEquals(
        Map.of(
            "metric", "task_cpu_usage",
            "sampler", "cpu_usage",
            "unit", "nanoseconds",
            "id", "7",
            "pid", "7",
            "tgid", "5",
            "comm", "nginx",
            "cgroup", "/system.slice/nginx"),
        member.labels());
    assertEquals(4_000_000, tasks.data().counter(0));
  }

  @Test
  void an_unknown_cgroup_reads_as_the_root_and_an_empty_comm_is_left_out() {
    refresh(new TaskRecordBuffer().task(7, 7, 36, 1, 10, 78, ""));

    assertEquals("/", members().get(0).labels().get("cgroup"));
    assertFalse(members().get(0).labels().containsKey("comm"));
  }

  @Test
  void a_steady_set_of_tasks_keeps_its_schema() {
    refresh(new TaskRecordBuffer().task(7, 7, 36, 1, 9, 77, "a").task(8, 8, 37, 2, 9, 77, "b"));
    Schema schema = tasks.data().schema();
    refresh(new TaskRecordBuffer().task(7, 7, 36, 3, 9, 77, "a").task(8, 8, 37, 4, 9, 77, "b"));

    assertSame(schema, tasks.data().schema());
    assertEquals(3, tasks.data().counter(0));
    assertEquals(4, tasks.data().counter(1));
  }

  @Test
  void tasks_that_stay_keep_their_members_while_others_come_and_go() {
    refresh(new TaskRecordBuffer().task(7, 7, 36, 1, 9, 77, "a").task(8, 8, 37, 2, 9, 77, "b"));
    Member stays = members().get(1);
    refresh(new TaskRecordBuffer().task(8, 8, 37, 2, 9, 77, "b").task(9, 9, 38, 5, 9, 77, "c"));

    assertSame(stays, members().get(0));
    assertEquals("9", members().get(1).labels().get("pid"));
    assertEquals(5, tasks.data().counter(1));
  }

  @Test
  void a_reused_pid_is_another_series() {
    refresh(new TaskRecordBuffer().task(7, 7, 36, 1, 9, 77, "a"));
    String before = members().get(0).name();
    refresh(new TaskRecordBuffer().task(7, 7, 99, 1, 9, 77, "a"));

    assertNotEquals(before, members().get(0).name());
  }

  @Test
  void the_cgroup_label_follows_once_its_path_becomes_known() {
    paths.clear();
    refresh(new TaskRecordBuffer().task(7, 7, 36, 1, 9, 77, "a"));
    Schema schema = tasks.data().schema();
    paths.put(9, "/batch");
    tasks.read(new TaskRecordBuffer().task(7, 7, 36, 1, 9, 77, "a").done());
    tasks.refresh(true);

    assertNotSame(schema, tasks.data().schema());
    assertEquals("/batch", members().get(0).labels().get("cgroup"));
  }

  @Test
  void the_last_task_leaves_an_empty_group() {
    refresh(new TaskRecordBuffer().task(7, 7, 36, 1, 9, 77, "a"));
    tasks.read(ByteBuffer.allocate(0));
    tasks.refresh(false);

    assertEquals(0, tasks.data().schema().size());
  }

  private void refresh(TaskRecordBuffer records) {
    tasks.begin();
    tasks.read(records.done());
    tasks.refresh(false);
  }

  private List<Member> members() {
    return tasks.data().schema().counters();
  }
}
