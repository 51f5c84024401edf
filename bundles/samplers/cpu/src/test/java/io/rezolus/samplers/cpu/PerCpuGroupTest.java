package io.rezolus.samplers.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.MappedLongs;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerCpuGroupTest {

  @Test
  void reads_each_metric_for_each_cpu_and_zero_for_one_that_never_ran() {
    MappedLongs rows = new LongArray(1, 2, 3, 4, 0, 0, 0, 0);
    PerCpuGroup group =
        new PerCpuGroup(
            "cpu_usage_cpu",
            List.of(CpuUsageMetrics.CPU_USER, CpuUsageMetrics.CPU_SYSTEM),
            rows,
            2,
            4,
            1);
    group.refresh();

    GroupData data = group.data();
    assertEquals("cpu_usage/cpu_usage_cpu", data.name());
    assertEquals(
        List.of("cpu_usage/user/0", "cpu_usage/user/1", "cpu_usage/system/0", "cpu_usage/system/1"),
        data.schema().counters().stream().map(member -> member.name()).toList());
    assertEquals(2, data.counter(0));
    assertEquals(3, data.counter(2));
    assertTrue(data.hasCounter(1));
    assertEquals(0, data.counter(1));
    assertTrue(data.windowed());
  }

  private record LongArray(long... values) implements MappedLongs {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public long get(int index) {
      return values[index];
    }

    @Override
    public void read(int index, long[] target) {
      read(index, target, 0, target.length);
    }

    @Override
    public void read(int index, long[] target, int from, int count) {
      System.arraycopy(values, index, target, from, count);
    }

    @Override
    public void set(int index, long value) {
      values[index] = value;
    }
  }
}
