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

  private static final String SAMPLING_INTERVAL = "sampling_interval_ms";

  private final Path path;
  private final ParquetFile file;
  private final List<ArrowField> fields;
  private final ParquetTable table;
  private final SortedMap<String, String> metadata;

  private ParquetRecording(Path path, ParquetFile file, SharedSchemas schemas) throws IOException {
    this.path = path;
    this.file = file;
    TableLayout layout = schemas.layout(file.columns(), file.keyValues().get(ARROW_SCHEMA));
    fields = layout.fields();
    table = new ParquetTable(file, layout);
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
    return open(path, ParquetFile.open(path), new SharedSchemas());
  }

  /**
   * Opens a recording that lies in memory.
   *
   * @param bytes the whole file; not copied
   * @param what names it in errors
   * @throws IOException when it is no recording
   */
  public static ParquetRecording open(byte[] bytes, String what) throws IOException {
    return open(bytes, what, new SharedSchemas());
  }

  /**
   * Opens one of many recordings that lie in memory, as the segments of an archive do.
   *
   * @param bytes the whole file; not copied
   * @param what names it in errors
   * @param schemas known of the others
   * @throws IOException when it is no recording
   */
  public static ParquetRecording open(byte[] bytes, String what, SharedSchemas schemas)
      throws IOException {
    return open(Path.of(what), ParquetFile.open(bytes, what), schemas);
  }

  /**
   * Opens a recording that lies inside of another file.
   *
   * @param offset where it begins in {@code path}
   * @param length its bytes
   * @param what names it in errors
   * @throws IOException when it cannot be read, or is no recording
   */
  public static ParquetRecording open(Path path, long offset, long length, String what)
      throws IOException {
    return open(Path.of(what), ParquetFile.open(path, offset, length, what), new SharedSchemas());
  }

  private static ParquetRecording open(Path path, ParquetFile file, SharedSchemas schemas)
      throws IOException {
    try {
      return new ParquetRecording(path, file, schemas);
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

  /**
   * How often it was sampled, in milliseconds: 1000 where it does not say, 0 where times are not to
   * be snapped to it.
   *
   * @throws IOException when what it says is no interval
   */
  public long samplingIntervalMillis() throws IOException {
    String text = metadata.get(SAMPLING_INTERVAL);
    if (text == null) {
      return 1000;
    }
    try {
      long millis = Long.parseLong(text);
      if (millis >= 0) {
        return millis;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IOException(
        path + ": " + SAMPLING_INTERVAL + " is \"" + text + "\"; expected milliseconds");
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
