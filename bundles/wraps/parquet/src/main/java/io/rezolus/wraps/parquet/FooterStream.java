package io.rezolus.wraps.parquet;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.SchemaElement;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TField;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TStruct;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/**
 * Writes the footer of a file of many row groups and columns piece by piece: as objects it would
 * take a hundred times its size, and most of the time that ending a recording takes.
 */
final class FooterStream {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final TStruct ANY = new TStruct("");

  // types of Thrift
  private static final byte I16 = 6;
  private static final byte I32 = 8;
  private static final byte I64 = 10;
  private static final byte STRING = 11;
  private static final byte STRUCT = 12;
  private static final byte LIST = 15;

  private final Counted out;
  private final List<Column> columns;
  private final ColumnTemplates templates;
  private final TCompactProtocol thrift;

  FooterStream(OutputStream out, List<Column> columns, ColumnTemplates templates)
      throws IOException {
    this.out = new Counted(out);
    this.columns = columns;
    this.templates = templates;
    try {
      thrift = new TCompactProtocol(new TIOStreamTransport(this.out));
    } catch (TException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * @param described the columns that the row groups have, number and description
   * @param ids numbers of the file's columns
   */
  void write(
      List<ParquetAssembly.Group> groups,
      InputStream described,
      int[] ids,
      AbsentColumns absent,
      Map<String, String> keyValues)
      throws IOException {
    FileMetaData any = templates.metadata(columns.get(0));
    try {
      thrift.writeStructBegin(ANY);
      field(1, I32);
      thrift.writeI32(any.getVersion());
      schema(any.getSchema().get(0));
      field(3, I64);
      thrift.writeI64(groups.stream().mapToLong(group -> group.rows).sum());
      list(4, groups.size());
      Merge merge = new Merge(described, ids);
      for (int i = 0; i < groups.size(); i++) {
        group(groups.get(i), i, merge, absent);
      }
      list(5, keyValues.size());
      for (Map.Entry<String, String> entry : keyValues.entrySet()) {
        struct(new KeyValue(entry.getKey()).setValue(entry.getValue()));
      }
      field(6, STRING);
      thrift.writeString(any.getCreated_by());
      List<ColumnOrder> orders = any.getColumn_orders();
      if (orders != null) {
        list(7, columns.size());
        for (int i = 0; i < columns.size(); i++) {
          orders.get(0).write(thrift);
        }
      }
      thrift.writeFieldStop();
    } catch (TException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e);
    }
    if (out.count > Integer.MAX_VALUE) {
      throw new IOException("too many columns and row groups for one parquet file");
    }
    int length = (int) out.count;
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    out.write(Footer.MAGIC);
    out.flush();
  }

  private void schema(SchemaElement root) throws IOException, TException {
    int elements = 1;
    for (Column column : columns) {
      elements += templates.schema(column).size();
    }
    list(2, elements);
    struct(root.deepCopy().setNum_children(columns.size()));
    for (Column column : columns) {
      for (SchemaElement element : templates.schema(column)) {
        struct(element);
      }
    }
  }

  private void group(ParquetAssembly.Group group, int ordinal, Merge merge, AbsentColumns absent)
      throws IOException, TException {
    long plain = 0;
    long packed = 0;
    thrift.writeStructBegin(ANY);
    list(1, columns.size());
    merge.begin(group.chunks);
    for (int i = 0; i < columns.size(); i++) {
      ChunkDescription chunk = merge.take(i);
      if (chunk == null) {
        chunk = absent.get(columns.get(i).type(), group.rows);
      }
      chunk.write(merge.path(i, columns.get(i)), out);
      plain += chunk.plain();
      packed += chunk.packed();
    }
    merge.end();
    field(2, I64);
    thrift.writeI64(plain);
    field(3, I64);
    thrift.writeI64(group.rows);
    field(5, I64);
    thrift.writeI64(group.position);
    field(6, I64);
    thrift.writeI64(packed);
    if (ordinal <= Short.MAX_VALUE) {
      field(7, I16);
      thrift.writeI16((short) ordinal);
    }
    thrift.writeFieldStop();
    thrift.writeStructEnd();
  }

  private void field(int id, byte type) throws TException {
    thrift.writeFieldBegin(new TField("", type, (short) id));
  }

  private void list(int id, int size) throws TException {
    field(id, LIST);
    thrift.writeListBegin(new TList(STRUCT, size));
  }

  private void struct(TBase<?, ?> value) throws TException {
    value.write(thrift);
  }

  /** Walks through what is described beside the file's columns. */
  private static final class Merge {
    private final DataInputStream in;
    private final byte[][] paths;
    // by number: position in the file, -1 for columns that are left out
    private final int[] ranks;
    private int left;
    private int rank;
    private ChunkDescription next;

    Merge(InputStream described, int[] ids) {
      in = new DataInputStream(new BufferedInputStream(described, BUFFER_BYTES));
      paths = new byte[ids.length][];
      ranks = new int[Arrays.stream(ids).max().orElse(0) + 1];
      Arrays.fill(ranks, -1);
      for (int i = 0; i < ids.length; i++) {
        ranks[ids[i]] = i;
      }
    }

    void begin(int chunks) throws IOException {
      left = chunks;
      advance();
    }

    /** What there is of the column in that position; null where there is nothing. */
    ChunkDescription take(int position) throws IOException {
      if (next == null || rank != position) {
        return null;
      }
      ChunkDescription taken = next;
      advance();
      return taken;
    }

    void end() {
      if (next != null) {
        throw new IllegalArgumentException("columns of a row group in another order than the file");
      }
    }

    byte[] path(int position, Column column) {
      if (paths[position] == null) {
        paths[position] =
            ChunkDescription.path(
                column.type() == ColumnType.UINT64_LIST
                    ? List.of(column.name(), "list", "item")
                    : List.of(column.name()));
      }
      return paths[position];
    }

    private void advance() throws IOException {
      next = null;
      while (left > 0 && next == null) {
        left--;
        int id = in.readInt();
        ChunkDescription read = ChunkDescription.read(in);
        rank = id < ranks.length ? ranks[id] : -1;
        if (rank >= 0) {
          next = read;
        }
      }
    }
  }

  private static final class Counted extends FilterOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
