package io.rezolus.samplers.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.bpfhost.MappedLongs;
import io.rezolus.test.kernel.LongArray;
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
}
