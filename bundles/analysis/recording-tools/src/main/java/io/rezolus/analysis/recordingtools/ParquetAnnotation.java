package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonElement;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.metadata.Kpi;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import io.rezolus.libs.recording.metadata.StrictJson;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.parquet.ParquetRewrite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Edits of a parquet recording, collected and then written at once: on an error of any of them the
 * file is as it was.
 */
final class ParquetAnnotation {
  private static final String NODE = "node";
  private static final String SYSTEM = "systeminfo";

  private final Path file;
  private final ParquetRecording recording;
  private final PrintWriter messages;
  private final Map<String, String> keys;
  private int[] ordinals;
  private Recording renamed;
  private UnaryOperator<ArrowField> relabel;

  ParquetAnnotation(Path file, PrintWriter messages) throws CommandException {
    recording = RecordingInput.parquet(file);
    this.file = file;
    this.messages = messages;
    keys = new TreeMap<>(recording.metadata());
  }

  /** Key-values as they are to be. */
  Map<String, String> keys() {
    return keys;
  }

  void node(String name) {
    keys.put(NODE, name);
  }

  void systemInfo(JsonElement info) {
    keys.put(SYSTEM, StrictJson.compact(info));
  }

  /** Takes the indicators out. */
  void undo() {
    if (keys.remove(ServiceExtension.KEY) == null) {
      messages.println("warning: " + file + ": has no indicators to remove");
    } else {
      messages.println(file + ": indicators removed");
    }
  }

  void source(SourceEdit edit) throws CommandException {
    String before = edit.apply(file, keys);
    if (before != null) {
      renamed = RenamedSource.of(recording, before, edit.name());
      relabel = field -> renamed(field, before, edit.name());
    }
  }

  void events(EventEdits edits) throws CommandException {
    try {
      TimeSpan.of(recording).requireNear(file, edits.added());
    } catch (IOException e) {
      throw Failure.of(file, e);
    }
    edits.apply(file, keys, messages);
  }

  /** Puts indicators in, each marked with whether there is data for it. */
  void indicators(ServiceExtension service) throws CommandException {
    try {
      ServiceExtension validated =
          new KpiValidation(messages).validate(renamed == null ? recording : renamed, service);
      if (validated.kpis().stream().noneMatch(Kpi::available)) {
        throw KpiValidation.nothing(file, service);
      }
      keys.put(ServiceExtension.KEY, validated.toJson());
    } catch (IOException e) {
      throw Failure.of(file, e);
    }
  }

  /** Leaves only the columns of agents and those that the indicators read. */
  void filter(List<ServiceExtension> services) throws CommandException {
    List<ArrowField> fields = recording.fields();
    ColumnChoice choice =
        ColumnChoice.of(
            file, fields, new AgentColumns(recording.metadata()), new KpiColumns(file, services));
    if (choice.indicators() == 0) {
      messages.println("warning: no column is read by an indicator; only those of agents stay");
    }
    ordinals = choice.ordinals();
    Descriptions.keepOnly(choice.names(), keys);
    messages.println(file + ": " + ordinals.length + " of " + fields.size() + " columns are kept");
  }

  /** Writes what has changed; the output appears when it is complete. */
  void write(Path output) throws CommandException {
    if (ordinals == null && relabel == null && keys.equals(recording.metadata())) {
      messages.println(file + ": nothing to change");
      return;
    }
    try {
      if (ordinals == null && relabel == null) {
        ParquetRewrite.metadata(file, output, keys);
      } else {
        ParquetRewrite.columns(
            file,
            output,
            ordinals == null ? IntStream.range(0, recording.fields().size()).toArray() : ordinals,
            relabel == null ? UnaryOperator.identity() : relabel,
            keys);
      }
    } catch (IOException e) {
      throw Failure.of(output, e);
    }
  }

  private static ArrowField renamed(ArrowField field, String before, String after) {
    Map<String, String> metadata = RenamedSource.renamed(field.metadata(), before, after);
    return new ArrowField(field.name(), field.type(), field.nullable(), metadata);
  }
}
