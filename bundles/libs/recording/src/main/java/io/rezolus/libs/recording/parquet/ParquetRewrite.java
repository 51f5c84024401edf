package io.rezolus.libs.recording.parquet;

import io.rezolus.libs.recording.StagedFile;
import io.rezolus.wraps.parquet.ParquetCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a recording from another without decoding it: values, nulls, types and names stay as they
 * are, to the byte. Either call may name one file as both; it is replaced when the new one is
 * complete.
 */
public final class ParquetRewrite {
  private ParquetRewrite() {}

  /**
   * Writes a recording with other file-level metadata.
   *
   * @param keyValues all that the file has in the end, except for the schema of its columns, which
   *     stays; a value may be null
   * @throws IOException when {@code input} is no recording or {@code output} cannot be written
   */
  public static void metadata(Path input, Path output, Map<String, String> keyValues)
      throws IOException {
    ParquetRecording recording = ParquetRecording.open(input);
    Map<String, String> footer = new TreeMap<>(keyValues);
    String schema = recording.file().keyValues().get(ParquetRecording.ARROW_SCHEMA);
    if (schema != null) {
      footer.put(ParquetRecording.ARROW_SCHEMA, schema);
    }
    try (StagedFile staged = new StagedFile(output)) {
      ParquetCopy.copy(input, staged.path(), footer);
      staged.publish();
    }
  }

  /**
   * Writes a recording with fewer columns.
   *
   * @param ordinals which of {@link ParquetRecording#fields} to keep, ascending; {@code timestamp}
   *     must be among them
   * @param keyValues as for {@link #metadata}
   * @throws IOException when {@code input} is no recording or {@code output} cannot be written
   */
  public static void columns(Path input, Path output, int[] ordinals, Map<String, String> keyValues)
      throws IOException {
    ParquetRecording recording = ParquetRecording.open(input);
    List<ArrowField> kept = new ArrayList<>(ordinals.length);
    boolean timestamp = false;
    for (int ordinal : ordinals) {
      ArrowField field = recording.fields().get(ordinal);
      if (field.type() == ArrowField.Type.OTHER) {
        throw new IOException(
            input + ": column \"" + field.name() + "\" is of a type that recordings do not have");
      }
      timestamp |= field.name().equals("timestamp");
      kept.add(field);
    }
    if (!timestamp) {
      throw new IllegalArgumentException("a recording needs its timestamps");
    }
    Map<String, String> footer = new TreeMap<>(keyValues);
    footer.put(ParquetRecording.ARROW_SCHEMA, ArrowSchemaWriter.write(kept));
    try (StagedFile staged = new StagedFile(output)) {
      ParquetCopy.copy(input, staged.path(), ordinals, footer);
      staged.publish();
    }
  }
}
