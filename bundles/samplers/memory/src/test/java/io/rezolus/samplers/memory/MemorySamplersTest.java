package io.rezolus.samplers.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemorySamplersTest {
  @TempDir Path folder;

  @Test
  void reports_the_total_memory_that_the_kernel_prints() throws Exception {
    MeminfoSampler sampler = new MeminfoSampler();
    sampler.refresh();
    GroupData group = sampler.groups().get(0);
    assertEquals("memory_meminfo/memory_meminfo_read", group.name());
    assertEquals(kernelValue("/proc/meminfo", "MemTotal:") * 1024, group.gauge(0));
    for (int i = 0; i < 5; i++) {
      assertTrue(group.hasGauge(i));
    }
    assertTrue(group.gauge(2) <= group.gauge(0));
    assertTrue(group.windowed());
    sampler.close();
  }

  @Test
  void leaves_out_what_an_old_kernel_does_not_print() throws Exception {
    Path meminfo = folder.resolve("meminfo");
    Files.writeString(meminfo, "MemTotal:  2048 kB\nSwapCached:  7 kB\nCached:  12 kB");
    MeminfoSampler sampler = new MeminfoSampler(meminfo);
    sampler.refresh();
    GroupData group = sampler.groups().get(0);
    assertEquals(2048 * 1024, group.gauge(0));
    assertFalse(group.hasGauge(2));
    assertEquals(12 * 1024, group.gauge(4));
    sampler.close();
  }

  @Test
  void reads_a_file_longer_than_the_buffer_and_sees_it_change() throws Exception {
    Path vmstat = folder.resolve("vmstat");
    Files.writeString(vmstat, "nr_x 1\n".repeat(5000) + "numa_hit 18\n");
    VmstatSampler sampler = new VmstatSampler(vmstat);
    sampler.refresh();
    assertEquals(18, sampler.groups().get(0).counter(0));
    Files.writeString(vmstat, "numa_hit 19\n");
    sampler.refresh();
    assertEquals(19, sampler.groups().get(0).counter(0));
    sampler.close();
  }

  @Test
  void counts_numa_hits_between_two_readings_of_the_kernel() throws Exception {
    assumeTrue(
        Files.readString(Path.of("/proc/vmstat")).contains("numa_hit "),
        "this kernel is built without CONFIG_NUMA");
    VmstatSampler sampler = new VmstatSampler();
    long before = kernelValue("/proc/vmstat", "numa_hit");
    sampler.refresh();
    long after = kernelValue("/proc/vmstat", "numa_hit");
    long hits = sampler.groups().get(0).counter(0);
    assertTrue(before <= hits && hits <= after, before + " <= " + hits + " <= " + after);
    sampler.close();
  }

  @Test
  void is_unsupported_on_a_kernel_without_numa() throws Exception {
    Path vmstat = folder.resolve("vmstat");
    Files.writeString(vmstat, "nr_free_pages 12\n");
    UnsupportedException e =
        assertThrows(UnsupportedException.class, () -> new VmstatSampler(vmstat));
    assertEquals(
        vmstat + ": no numa_* counters; this kernel is built without CONFIG_NUMA", e.getMessage());
  }

  private static long kernelValue(String file, String key) throws IOException {
    for (String line : Files.readAllLines(Path.of(file))) {
      String[] words = line.split("\\s+");
      if (words[0].equals(key)) {
        return Long.parseLong(words[1]);
      }
    }
    throw new AssertionError(file + " has no " + key);
  }
}
