package io.rezolus.analysis.recordingtools;

import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a parquet recording says about itself, for people. */
final class ParquetReport {
  private static final int VALUE_CHARACTERS = 120;
  private static final int NAME_CHARACTERS = 80;
  private static final int LABEL_CHARACTERS = 80;

  private final ParquetRecording recording;
  private final PrintWriter out;
  private boolean begun;

  ParquetReport(ParquetRecording recording, PrintWriter out) {
    this.recording = recording;
    this.out = out;
  }

  void fileMetadata() {
    heading("File Metadata:");
    recording
        .metadata()
        .forEach(
            (key, value) ->
                out.println(
                    "  "
                        + DisplayText.shortened(key, NAME_CHARACTERS)
                        + ": "
                        + (value == null ? "" : DisplayText.shortened(value, VALUE_CHARACTERS))));
  }

  void geometry() {
    heading("Geometry:");
    long rows = recording.file().rows();
    out.println("  Logical Table: " + recording.fields().size() + " columns x " + rows + " rows");
    out.println();
    TextTable table = new TextTable(Set.of(1, 2), "Group", "Rows", "   Bytes");
    long bytes = 0;
    for (int i = 0; i < recording.file().rowGroups(); i++) {
      long size = recording.file().bytes(i);
      table.row(
          String.valueOf(i), String.valueOf(recording.file().rows(i)), DisplayText.bytes(size));
      bytes += size;
    }
    table.rule();
    table.row("Total", String.valueOf(rows), DisplayText.bytes(bytes));
    table.print(out);
  }

  void schema() {
    heading("Schema (" + recording.fields().size() + " fields):");
    TextTable table = new TextTable(Set.of(), "Name", "Type", "Metric Type", "Other Metadata");
    for (ArrowField field : recording.fields()) {
      List<String> others = new ArrayList<>();
      for (Map.Entry<String, String> entry : field.metadata().entrySet()) {
        if (!entry.getKey().equals("metric_type")) {
          others.add(
              DisplayText.shortened(entry.getKey(), NAME_CHARACTERS)
                  + "="
                  + DisplayText.shortened(entry.getValue(), LABEL_CHARACTERS));
        }
      }
      table.row(
          DisplayText.shortened(field.name(), NAME_CHARACTERS),
          ParquetSections.type(field.type()),
          field.metadata().getOrDefault("metric_type", ""),
          String.join(", ", others));
    }
    table.print(out);
  }

  private void heading(String text) {
    if (begun) {
      out.println();
    }
    begun = true;
    out.println(text);
  }
}
