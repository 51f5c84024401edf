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
  private final ParquetFile file;
  private final List<ArrowField> fields;
  private final ParquetTable table;
  private final SortedMap<String, String> metadata;

  private ParquetRecording(Path path, ParquetFile file) throws IOException {
    this.path = path;
    this.file = file;
    String schema = file.keyValues().get(ARROW_SCHEMA);
    fields = Fields.of(file.columns(), schema == null ? List.of() : ArrowSchemaReader.read(schema));
    table = ParquetTable.of(file, fields);
    TreeMap<String, String> stored = new TreeMap<>(file.keyValues());
    stored.remove(ARROW_SCHEMA);
    metadata = Collections.unmodifiableSortedMap(stored);
  }

  /**
   * Opens a recording.
   *
   * @throws IOException when it cannot be read, or is no recording
   */
  public static ParquetRecording open(Path path) throws IOException {
    return open(path, ParquetFile.open(path));
  }

  /**
   * Opens a recording that lies in memory, as the segments of an archive do.
   *
   * @param bytes the whole file; not copied
   * @param what names it in errors
   * @throws IOException when it is no recording
   */
  public static ParquetRecording open(byte[] bytes, String what) throws IOException {
    return open(Path.of(what), ParquetFile.open(bytes, what));
  }

  private static ParquetRecording open(Path path, ParquetFile file) throws IOException {
    try {
      return new ParquetRecording(path, file);
    } catch (IOException e) {
      throw new IOException(path + ": " + e.getMessage(), e);
    }
  }

  /** The file itself, whose columns are those of {@link #fields}. */
  public ParquetFile file() {
    return file;
  }

  /**
   * All columns in file order with their key-values, {@code timestamp} and those that describe
   * others among them. A file without a schema of its own has columns without key-values.
   */
  public List<ArrowField> fields() {
    return fields;
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
