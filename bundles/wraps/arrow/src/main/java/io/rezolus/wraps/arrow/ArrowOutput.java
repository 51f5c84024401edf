package io.rezolus.wraps.arrow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes Arrow IPC in record batches; one batch is in memory at a time. A batch is begun, its
 * columns are set in any order, and it is ended.
 */
public final class ArrowOutput implements Closeable {
  private static final int VALUE_BYTES = 8;

  private final BufferAllocator memory = new RootAllocator();
  private final VectorSchemaRoot batch;
  private final ArrowWriter writer;
  private int rows;

  /**
   * Begins a file, which readers can seek in.
   *
   * @param target written front to back
   * @param metadata key-values of the whole
   */
  public ArrowOutput(
      WritableByteChannel target, List<ArrowColumn> columns, Map<String, String> metadata)
      throws IOException {
    this(columns, metadata, batch -> new ArrowFileWriter(batch, null, target));
  }

  private ArrowOutput(
      List<ArrowColumn> columns,
      Map<String, String> metadata,
      Function<VectorSchemaRoot, ArrowWriter> form)
      throws IOException {
    List<Field> fields = new ArrayList<>(columns.size());
    for (ArrowColumn column : columns) {
      fields.add(field(column));
    }
    batch = VectorSchemaRoot.create(new Schema(fields, metadata), memory);
    writer = form.apply(batch);
    try {
      writer.start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Begins a stream, which readers take as it comes.
   *
   * @param target written front to back
   * @param metadata key-values of the whole
   */
  public static ArrowOutput stream(
      WritableByteChannel target, List<ArrowColumn> columns, Map<String, String> metadata)
      throws IOException {
    return new ArrowOutput(columns, metadata, batch -> new ArrowStreamWriter(batch, null, target));
  }

  /** Begins a batch. */
  public void startBatch(int rowCount) {
    rows = rowCount;
  }

  /**
   * Sets a timestamp or integer column of the batch.
   *
   * @param values one per row, from position {@code from} on
   * @param present positions that have a value; null where all have
   */
  public void longs(int column, long[] values, int from, BitSet present) {
    BaseFixedWidthVector vector = allocated(column);
    for (int row = 0; row < rows; row++) {
      if (present == null || present.get(from + row)) {
        vector.getDataBuffer().setLong((long) row * VALUE_BYTES, values[from + row]);
        BitVectorHelper.setBit(vector.getValidityBuffer(), row);
      }
    }
    vector.setValueCount(rows);
  }

  /**
   * Sets a floating-point column of the batch.
   *
   * @param values one per row, from position {@code from} on
   * @param present positions that have a value; null where all have
   */
  public void doubles(int column, double[] values, int from, BitSet present) {
    BaseFixedWidthVector vector = allocated(column);
    for (int row = 0; row < rows; row++) {
      if (present == null || present.get(from + row)) {
        vector.getDataBuffer().setDouble((long) row * VALUE_BYTES, values[from + row]);
        BitVectorHelper.setBit(vector.getValidityBuffer(), row);
      }
    }
    vector.setValueCount(rows);
  }

  private BaseFixedWidthVector allocated(int column) {
    BaseFixedWidthVector vector = (BaseFixedWidthVector) batch.getVector(column);
    vector.allocateNew(rows);
    return vector;
  }

  /**
   * Sets a list column of the batch.
   *
   * @param lists one per row, from position {@code from} on; null where a row has none
   */
  public void lists(int column, long[][] lists, int from) {
    ListVector vector = (ListVector) batch.getVector(column);
    UInt8Vector elements = (UInt8Vector) vector.getDataVector();
    int count = 0;
    for (int row = 0; row < rows; row++) {
      count += lists[from + row] == null ? 0 : lists[from + row].length;
    }
    vector.setInitialCapacity(rows, count == 0 ? 0 : (double) count / rows);
    elements.allocateNew(Math.max(1, count));
    vector.allocateNew();
    int next = 0;
    for (int row = 0; row < rows; row++) {
      long[] list = lists[from + row];
      if (list != null) {
        vector.startNewValue(row);
        for (long element : list) {
          elements.setSafe(next++, element);
        }
        vector.endValue(row, list.length);
      }
    }
    vector.setValueCount(rows);
  }

  /** Writes the batch and lets go of its memory. */
  public void endBatch() throws IOException {
    batch.setRowCount(rows);
    writer.writeBatch();
    for (FieldVector vector : batch.getFieldVectors()) {
      vector.clear();
    }
  }

  /** Writes the end; what has none is incomplete. */
  public void finish() throws IOException {
    writer.end();
  }

  /** Lets go of all memory; the target stays open. */
  @Override
  public void close() {
    // a writer that is closed writes the end, which what has failed must not get
    batch.close();
    memory.close();
  }

  private static Field field(ArrowColumn column) {
    ArrowType type =
        switch (column.type()) {
          case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC");
          case UINT64 -> new ArrowType.Int(64, false);
          case INT64 -> new ArrowType.Int(64, true);
          case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
          case UINT64_LIST -> ArrowType.List.INSTANCE;
        };
    List<Field> children =
        column.type() == ArrowColumn.Type.UINT64_LIST
            ? List.of(Field.nullable("item", new ArrowType.Int(64, false)))
            : List.of();
    return new Field(
        column.name(), new FieldType(column.nullable(), type, null, column.metadata()), children);
  }
}
