package io.rezolus.wraps.arrow;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes an Arrow IPC file in record batches; one batch is in memory at a time. A batch is begun,
 * its columns are set in any order, and it is ended.
 */
public final class ArrowOutput implements Closeable {
  private static final int VALUE_BYTES = 8;

  private final BufferAllocator memory = new RootAllocator();
  private final VectorSchemaRoot batch;
  private final ArrowFileWriter file;
  private int rows;

  /**
   * @param target written front to back; closed by {@link #close}
   * @param metadata key-values of the whole file
   */
  public ArrowOutput(
      WritableByteChannel target, List<ArrowColumn> columns, Map<String, String> metadata)
      throws IOException {
    List<Field> fields = new ArrayList<>(columns.size());
    for (ArrowColumn column : columns) {
      fields.add(field(column));
    }
    batch = VectorSchemaRoot.create(new Schema(fields, metadata), memory);
    file = new ArrowFileWriter(batch, null, target);
    file.start();
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
    BaseFixedWidthVector vector = (BaseFixedWidthVector) batch.getVector(column);
    vector.allocateNew(rows);
    for (int row = 0; row < rows; row++) {
      if (present == null || present.get(from + row)) {
        vector.getDataBuffer().setLong((long) row * VALUE_BYTES, values[from + row]);
        BitVectorHelper.setBit(vector.getValidityBuffer(), row);
      }
    }
    vector.setValueCount(rows);
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
    file.writeBatch();
    for (FieldVector vector : batch.getFieldVectors()) {
      vector.clear();
    }
  }

  /** Writes the footer. */
  public void finish() throws IOException {
    file.end();
  }

  /** Closes the target; without {@link #finish} before it, the file is incomplete. */
  @Override
  public void close() {
    // a writer that is closed writes its footer, which a failed file must not get
    batch.close();
    memory.close();
  }

  private static Field field(ArrowColumn column) {
    ArrowType type =
        switch (column.type()) {
          case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC");
          case UINT64 -> new ArrowType.Int(64, false);
          case INT64 -> new ArrowType.Int(64, true);
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
