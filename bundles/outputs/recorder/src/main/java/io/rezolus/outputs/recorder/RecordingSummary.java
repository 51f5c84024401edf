package io.rezolus.outputs.recorder;

import io.rezolus.libs.histogram.Histogram;
import io.rezolus.libs.histogram.Quantiles;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a recording of one machine shows, as a small table. */
public final class RecordingSummary {
  private static final Predicate<RecordedColumn> ALL = column -> true;

  private final ParquetRecording recording;
  private final SeriesDeltas deltas;
  private final double seconds;
  private final List<String> lines = new ArrayList<>();

  private RecordingSummary(ParquetRecording recording) throws IOException {
    this.recording = recording;
    deltas = new SeriesDeltas(recording);
    seconds = span(recording);
  }

  /** Reads what the table needs. */
  public static RecordingSummary of(ParquetRecording recording) throws IOException {
    RecordingSummary summary = new RecordingSummary(recording);
    summary.compose();
    return summary;
  }

  public void print(PrintStream out) {
    lines.forEach(out::println);
    out.flush();
  }

  private void compose() throws IOException {
    if (seconds > 0) {
      lines.add(
          String.format(Locale.ROOT, "%d samples over %.1f s", recording.table().rows(), seconds));
      cpu();
      runqueue();
      contextSwitches();
      row("Migrations", rate("cpu_migrations", column -> column.label("direction").equals("to")));
      memory();
      syscalls();
    } else {
      lines.add(recording.table().rows() + " samples: too few for rates");
      memory();
    }
    boolean root = "root".equals(System.getProperty("user.name"));
    lines.addAll(SamplerLines.of(recording.metadata().get("per_source_metadata"), root));
  }

  private void cpu() throws IOException {
    TreeSet<String> cpus = new TreeSet<>();
    OptionalLong busy =
        deltas.counters(
            "cpu_usage",
            column -> {
              boolean counted = List.of("user", "system").contains(column.label("state"));
              if (counted) {
                cpus.add(column.label("id"));
              }
              return counted;
            });
    row(
        "CPU busy",
        busy.isEmpty()
            ? null
            : String.format(
                Locale.ROOT,
                "%.1f %% of %d CPUs",
                busy.getAsLong() / (seconds * 1e9 * cpus.size()) * 100,
                cpus.size()));
  }

  private void runqueue() throws IOException {
    Histogram latency = deltas.histograms("scheduler_runqueue_latency", ALL);
    String text = null;
    if (latency != null && !latency.isEmpty()) {
      Quantiles quantiles = latency.quantiles();
      text =
          String.format(
              "p50 %s, p99 %s, p99.9 %s",
              Quantity.nanos(quantiles.value(0.5)),
              Quantity.nanos(quantiles.value(0.99)),
              Quantity.nanos(quantiles.value(0.999)));
    }
    row("Runqueue latency", text);
  }

  private void contextSwitches() throws IOException {
    String metric = "scheduler_context_switch";
    String voluntary = rate(metric, column -> column.label("kind").equals("voluntary"));
    String involuntary = rate(metric, column -> column.label("kind").equals("involuntary"));
    row(
        "Context switches",
        voluntary == null || involuntary == null
            ? null
            : voluntary + " voluntary, " + involuntary + " involuntary");
  }

  private void memory() throws IOException {
    OptionalLong total = deltas.last("memory_total");
    OptionalLong available = deltas.last("memory_available");
    row(
        "Memory in use",
        total.isEmpty() || available.isEmpty()
            ? null
            : Quantity.bytes(total.getAsLong() - available.getAsLong())
                + " of "
                + Quantity.bytes(total.getAsLong()));
  }

  private void syscalls() throws IOException {
    TreeSet<String> classes = new TreeSet<>();
    row(
        "System calls",
        rate(
            "syscall",
            column -> {
              classes.add(column.label("op"));
              return true;
            }));
    List<SyscallClass> found = new ArrayList<>();
    for (String op : classes) {
      Predicate<RecordedColumn> same = column -> column.label("op").equals(op);
      long calls = deltas.counters("syscall", same).orElse(0);
      if (calls > 0) {
        found.add(new SyscallClass(op, calls, deltas.histograms("syscall_latency", same)));
      }
    }
    found.sort(Comparator.comparingLong(SyscallClass::calls).reversed());
    for (SyscallClass each : found) {
      Histogram latency = each.latency();
      lines.add(
          String.format(
              "    %-16s %12s%s",
              each.op(),
              Quantity.rate(each.calls() / seconds),
              latency == null || latency.isEmpty()
                  ? ""
                  : "   p99 " + Quantity.nanos(latency.quantiles().value(0.99))));
    }
  }

  private String rate(String metric, Predicate<RecordedColumn> fits) throws IOException {
    OptionalLong increase = deltas.counters(metric, fits);
    return increase.isEmpty() ? null : Quantity.rate(increase.getAsLong() / seconds);
  }

  private void row(String name, String text) {
    lines.add(String.format("  %-18s %s", name, text == null ? "not measured" : text));
  }

  private static double span(ParquetRecording recording) throws IOException {
    if (recording.table().rows() == 0) {
      return 0;
    }
    long[] last = recording.table().timestamps(recording.table().parts() - 1);
    return (last[last.length - 1] - recording.table().timestamps(0)[0]) / 1e9;
  }

  private record SyscallClass(String op, long calls, Histogram latency) {}
}
