package io.rezolus.libs.recording.parquet;

import io.rezolus.libs.recording.StagedFile;
import io.rezolus.wraps.parquet.Cells;
import io.rezolus.wraps.parquet.Column;
import io.rezolus.wraps.parquet.ColumnType;
import io.rezolus.wraps.parquet.Longs;
import io.rezolus.wraps.parquet.ParquetOutput;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes a table of columns as parquet, one column of one row group at a time: {@link
 * #startRowGroup}, every column in file order, again for the next row group, {@link #finish}. A
 * file appears under its name with {@code finish} and not before.
 */
public final class ParquetTableWriter implements Closeable {
  /** Rows per row group, the number upstream Rezolus uses. */
  public static final int ROWS_MAX = 1800;

  private final List<ArrowField> fields;
  private final StagedFile staged;
  private final ByteArrayOutputStream bytes;
  private final ParquetOutput out;

  private ParquetTableWriter(
      List<ArrowField> fields, StagedFile staged, ByteArrayOutputStream bytes, ParquetOutput out) {
    this.fields = List.copyOf(fields);
    this.staged = staged;
    this.bytes = bytes;
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param target its name in the end; an earlier file of that name stays until then
   * @param fields all columns in file order, {@code timestamp} and those that describe others among
   *     them; names need not be unique
   */
  public static ParquetTableWriter toFile(
      Path target, List<ArrowField> fields, WriteOptions options) throws IOException {
    StagedFile staged = new StagedFile(target);
    try {
      ParquetOutput out = new ParquetOutput(staged.path(), columns(fields), options);
      return new ParquetTableWriter(fields, staged, null, out);
    } catch (IOException | RuntimeException e) {
      staged.close();
      throw e;
    }
  }

  /** Begins a file in memory, which {@link #toByteArray} gives in the end. */
  public static ParquetTableWriter toBytes(List<ArrowField> fields, WriteOptions options)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
    return new ParquetTableWriter(
        fields, null, bytes, new ParquetOutput(bytes, columns(fields), options));
  }

  /** Begins a row group; every column must follow in order. */
  public void startRowGroup(int rows) throws IOException {
    out.startRowGroup(rows);
  }

  /** Writes the next column, which has a value in every row. */
  public void longs(long[] values) throws IOException {
    cells(
        cells -> {
          for (long value : values) {
            cells.value(value);
          }
        });
  }

  /**
   * Writes the next column.
   *
   * @param values as many as the row group has rows
   */
  public void longs(Longs values) throws IOException {
    cells(
        cells -> {
          for (int row = 0; row < values.values().length; row++) {
            if (values.present().get(row)) {
              cells.value(values.values()[row]);
            } else {
              cells.absent();
            }
          }
        });
  }

  /**
   * Writes the next column.
   *
   * @param rows as many as the row group has; null where there is none
   */
  public void lists(long[][] rows) throws IOException {
    cells(
        cells -> {
          for (long[] row : rows) {
            if (row == null || row.length == 0) {
              cells.absent();
            } else {
              cells.list(row, row.length);
            }
          }
        });
  }

  /**
   * Writes the next column.
   *
   * @param source makes exactly one call per row on what it is given
   */
  public void cells(Consumer<Cells> source) throws IOException {
    out.writeColumn(source);
  }

  /**
   * Ends the file.
   *
   * @param keyValues file-level metadata; the schema of the fields is added to them
   */
  public void finish(Map<String, String> keyValues) throws IOException {
    Map<String, String> footer = new TreeMap<>(keyValues);
    footer.put(ParquetRecording.ARROW_SCHEMA, schema(fields));
    out.finish(footer);
    out.close();
    if (staged != null) {
      staged.publish();
    }
  }

  /** The value of {@link ParquetRecording#ARROW_SCHEMA} for these columns. */
  public static String schema(List<ArrowField> fields) {
    return ArrowSchemaWriter.write(fields);
  }

  /**
   * The finished file.
   *
   * @throws IllegalStateException where it has a name on the disk
   */
  public byte[] toByteArray() {
    if (bytes == null) {
      throw new IllegalStateException("not written to memory");
    }
    return bytes.toByteArray();
  }

  /** Removes what was not finished. */
  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      if (staged != null) {
        staged.close();
      }
    }
  }

  /** The same columns as parquet knows them. */
  public static List<Column> columns(List<ArrowField> fields) {
    List<Column> columns = new ArrayList<>(fields.size());
    for (ArrowField field : fields) {
      ColumnType type = ColumnType.valueOf(field.type().name());
      columns.add(new Column(field.name(), type, !field.nullable()));
    }
    return columns;
  }
}
