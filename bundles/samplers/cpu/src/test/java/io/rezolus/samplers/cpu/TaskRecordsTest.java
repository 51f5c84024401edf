package io.rezolus.samplers.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TaskRecordsTest {

  @Test
  void takes_a_record_apart() {
    TaskRecords records = new TaskRecords();
    records.read(
        new TaskRecordBuffer()
            .task(7, 5, 123_456_789_012L, 4_000_000, 9, 77, "kworker/0:1")
            .task(4_194_303, 4_194_000, -1, Long.MAX_VALUE, 4095, -2, "fifteen_letters")
            .done());

    assertEquals(2, records.count());
    assertEquals(7, records.pid(0));
    assertEquals(5, records.tgid(0));
    assertEquals(123_456_789_012L, records.startTime(0));
    assertEquals(4_000_000, records.usage(0));
    assertEquals(9, records.cssId(0));
    assertEquals(77, records.cssSerial(0));
    assertEquals("kworker/0:1", records.comm(0));
    assertEquals(4_194_303, records.pid(1));
    assertEquals(4_194_000, records.tgid(1));
    assertEquals(Long.MAX_VALUE, records.usage(1));
    assertEquals(4095, records.cssId(1));
    assertEquals("fifteen_letters", records.comm(1));
  }

  @Test
  void grows_to_any_number_of_tasks() {
    TaskRecordBuffer buffer = new TaskRecordBuffer();
    for (int pid = 1; pid <= 1000; pid++) {
      buffer.task(pid, pid, pid, pid, 1, 2, "");
    }
    TaskRecords records = new TaskRecords();
    records.read(buffer.done());

    assertEquals(1000, records.count());
    assertEquals(1000, records.usage(999));
  }

  @Test
  void more_usage_makes_no_other_task() {
    assertTrue(one(1, 10, "a").sameTasks(one(1, 20, "a")));
  }

  @Test
  void a_new_name_or_start_time_makes_another_task() {
    assertFalse(one(1, 10, "a").sameTasks(one(1, 10, "b")));
    assertFalse(one(1, 10, "a").sameTasks(one(2, 10, "a")));
  }

  private static TaskRecords one(long startTime, long usage, String comm) {
    TaskRecords records = new TaskRecords();
    records.read(new TaskRecordBuffer().task(3, 3, startTime, usage, 1, 2, comm).done());
    return records;
  }
}
