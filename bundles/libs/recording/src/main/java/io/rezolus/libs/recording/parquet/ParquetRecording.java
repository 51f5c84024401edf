package io.rezolus.libs.recording.parquet;

import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.Table;
import io.rezolus.wraps.parquet.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A parquet recording. Opening reads the footer; values are decoded as they are asked for. */
public final class ParquetRecording implements Recording, RecordingFile {
  /** Key under which a file keeps its columns' key-values, as an Arrow schema. */
  public static final String ARROW_SCHEMA = "ARROW:schema";

  private final Path path;
  private final ParquetTable table;
  private final SortedMap<String, String> metadata;

  private ParquetRecording(Path path, ParquetTable table, SortedMap<String, String> metadata) {
    this.path = path;
    this.table = table;
    this.metadata = Collections.unmodifiableSortedMap(metadata);
  }

  /**
   * Opens a recording.
   *
   * @throws IOException when it cannot be read, or is no recording
   */
  public static ParquetRecording open(Path path) throws IOException {
    ParquetFile file = ParquetFile.open(path);
    String schema = file.keyValues().get(ARROW_SCHEMA);
    TreeMap<String, String> metadata = new TreeMap<>(file.keyValues());
    metadata.remove(ARROW_SCHEMA);
    try {
      List<ArrowField> fields = schema == null ? List.of() : ArrowSchemaReader.read(schema);
      return new ParquetRecording(path, ParquetTable.of(file, fields), metadata);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** The one table. */
  public Table table() {
    return table;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public RecordingFormat format() {
    return RecordingFormat.PARQUET;
  }

  @Override
  public List<Recording> recordings() {
    return List.of(this);
  }

  @Override
  public String name() {
    return path.getFileName().toString();
  }

  @Override
  public SortedMap<String, String> labels() {
    return Collections.emptySortedMap();
  }

  @Override
  public SortedMap<String, String> metadata() {
    return metadata;
  }

  @Override
  public boolean complete() {
    return true;
  }

  @Override
  public List<Table> tables() {
    return List.of(table);
  }

  @Override
  public void close() {
    // each read opens and closes the file
  }
}
