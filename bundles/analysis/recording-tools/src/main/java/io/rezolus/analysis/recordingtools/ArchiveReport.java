package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.rez.ClockOffset;
import io.rezolus.libs.recording.rez.RecordingCatalog;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.rez.TableCatalog;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an archive says about itself, for people. */
final class ArchiveReport {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int TEXT_CHARACTERS = 120;

  private final PrintWriter out;

  ArchiveReport(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param container version and kind of file
   */
  void print(String container, RezCatalog catalog) {
    out.println(
        ".rez archive " + container + " — " + catalog.recordings().size() + " recording(s)");
    catalog.recordings().forEach(this::print);
  }

  private void print(RecordingCatalog recording) {
    String labels =
        recording.labels().entrySet().stream()
            .map(label -> shortened(label.getKey()) + "=" + shortened(label.getValue()))
            .collect(Collectors.joining(", "));
    out.println("  recording " + shortened(recording.name()) + " [" + labels + "]");
    if (!recording.complete()) {
      out.println(
          "    ! not ended in order, or still being written: at most its last row is missing");
    }
    out.println("    clock anchor " + clock(recording));
    int width =
        recording.tables().stream().mapToInt(table -> table.name().length()).max().orElse(0);
    for (TableCatalog table : recording.tables()) {
      out.println(
          String.format(
                  Locale.ROOT,
                  "    %-" + Math.max(1, width) + "s %7d rows  %s%s",
                  shortened(table.name()),
                  table.rows(),
                  cadence(table),
                  live(table))
              .stripTrailing());
    }
  }

  private static String clock(RecordingCatalog recording) {
    long nanos = recording.clockAnchorNanos();
    Instant anchor =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    List<ClockOffset> offsets = recording.clockOffsets();
    return MILLIS.format(anchor)
        + (offsets.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ", latest offset %.3fms (%d observations)",
                offsets.get(offsets.size() - 1).offsetNanos() / 1e6,
                offsets.size()));
  }

  private static String cadence(TableCatalog table) {
    return table.cadenceNanos().isPresent()
        ? String.format(Locale.ROOT, "~%.3fs", table.cadenceNanos().getAsLong() / 1e9)
        : "—";
  }

  private static String live(TableCatalog table) {
    return table.liveRows() == 0
        ? ""
        : "  (" + table.segments() + " segments, " + table.liveRows() + " unsealed in WAL)";
  }

  private static String shortened(String text) {
    return DisplayText.shortened(text, TEXT_CHARACTERS);
  }
}
