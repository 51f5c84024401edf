package io.rezolus.samplers.rusage;

import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.snapshot.GroupData;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** Heap, garbage collection, threads and classes of the running virtual machine. */
final class JvmUsage {
  static final List<Metric> GAUGES =
      List.of(
          Metric.gauge("rezolus_jvm_heap", "bytes", "Java heap of the agent").with("state", "used"),
          Metric.gauge("rezolus_jvm_heap", "bytes", "Java heap of the agent")
              .with("state", "committed"),
          Metric.gauge("rezolus_jvm_heap", "bytes", "Java heap of the agent").with("state", "max"),
          Metric.gauge("rezolus_jvm_threads", null, "Live Java threads of the agent"),
          Metric.gauge("rezolus_jvm_classes", null, "Java classes the agent has loaded"));

  // looked up once: a look-up asks every provider of such beans
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();

  /** Two counters for each collector of this machine: collections and their time. */
  List<Metric> counters() {
    List<Metric> metrics = new ArrayList<>();
    for (GarbageCollectorMXBean collector : collectors) {
      metrics.add(
          Metric.counter("rezolus_jvm_gc", null, "Garbage collections of the agent")
              .with("collector", collector.getName()));
      metrics.add(
          Metric.counter(
                  "rezolus_jvm_gc_time", "nanoseconds", "Time the agent spent collecting garbage")
              .with("collector", collector.getName()));
    }
    return metrics;
  }

  /** Writes the values of {@link #GAUGES} and {@link #counters} from the given positions on. */
  void read(GroupData data, int gauge, int counter) {
    MemoryUsage heap = memory.getHeapMemoryUsage();
    data.gauge(gauge, heap.getUsed());
    data.gauge(gauge + 1, heap.getCommitted());
    if (heap.getMax() >= 0) {
      data.gauge(gauge + 2, heap.getMax());
    }
    data.gauge(gauge + 3, threads.getThreadCount());
    data.gauge(gauge + 4, classes.getLoadedClassCount());
    for (int i = 0; i < collectors.size(); i++) {
      data.counter(counter + 2 * i, Math.max(0, collectors.get(i).getCollectionCount()));
      data.counter(
          counter + 2 * i + 1, Math.max(0, collectors.get(i).getCollectionTime()) * 1_000_000L);
    }
  }
}
