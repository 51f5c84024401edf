package io.rezolus.wraps.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.channels.Channels;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.Test;

class ArrowOutputTest {
  private static final List<ArrowColumn> COLUMNS =
      List.of(
          new ArrowColumn("timestamp", ArrowColumn.Type.TIMESTAMP, false, Map.of()),
          new ArrowColumn("c", ArrowColumn.Type.UINT64, true, Map.of("unit", "bytes", "id", "3")),
          new ArrowColumn("g", ArrowColumn.Type.INT64, true, Map.of()),
          new ArrowColumn("h", ArrowColumn.Type.UINT64_LIST, true, Map.of()));

  @Test
  void is_read_back_by_arrow_with_types_nulls_and_metadata() throws IOException {
    try (BufferAllocator memory = new RootAllocator();
        ArrowFileReader reader =
            new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(written()), memory)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertEquals("demo", root.getSchema().getCustomMetadata().get("source"));
      assertEquals(
          Map.of("unit", "bytes", "id", "3"), root.getSchema().findField("c").getMetadata());
      assertEquals(new ArrowType.Int(64, false), root.getSchema().findField("c").getType());
      assertEquals(new ArrowType.Int(64, true), root.getSchema().findField("g").getType());
      assertEquals(2, reader.getRecordBlocks().size());
      assertTrue(reader.loadNextBatch());
      assertEquals(2, root.getRowCount());
      assertEquals(11, ((TimeStampNanoTZVector) root.getVector(0)).get(1));
      UInt8Vector counter = (UInt8Vector) root.getVector(1);
      assertEquals(new BigInteger("18446744073709551592"), counter.getObjectNoOverflow(0));
      assertTrue(counter.isNull(1));
      assertEquals(-5L, root.getVector(2).getObject(1));
      assertEquals(List.of(1L, 2L), root.getVector(3).getObject(0));
      assertNull(root.getVector(3).getObject(1));
      assertTrue(reader.loadNextBatch());
      assertEquals(1, root.getRowCount());
      assertEquals(List.of(9L), root.getVector(3).getObject(0));
      assertFalse(reader.loadNextBatch());
    }
  }

  @Test
  void a_stream_is_read_back_while_it_comes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<ArrowColumn> columns =
        List.of(
            new ArrowColumn("timestamp", ArrowColumn.Type.TIMESTAMP, false, Map.of()),
            new ArrowColumn("v", ArrowColumn.Type.FLOAT64, true, Map.of("id", "7")));
    BitSet present = new BitSet();
    present.set(1);
    try (ArrowOutput out =
        ArrowOutput.stream(Channels.newChannel(bytes), columns, Map.of("resultType", "matrix"))) {
      out.startBatch(2);
      out.longs(0, new long[] {5, 6}, 0, null);
      out.doubles(1, new double[] {1, 2.5}, 0, present);
      out.endBatch();
      out.finish();
    }
    try (BufferAllocator memory = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(bytes.toByteArray()), memory)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertEquals("matrix", root.getSchema().getCustomMetadata().get("resultType"));
      assertEquals(Map.of("id", "7"), root.getSchema().findField("v").getMetadata());
      assertTrue(reader.loadNextBatch());
      assertNull(root.getVector(1).getObject(0));
      assertEquals(2.5, root.getVector(1).getObject(1));
      assertFalse(reader.loadNextBatch());
    }
  }

  @Test
  void memory_is_let_go_of_when_the_target_fails() throws IOException {
    ArrowOutput out =
        ArrowOutput.stream(
            Channels.newChannel(new FailingOutput(2000)),
            List.of(new ArrowColumn("v", ArrowColumn.Type.FLOAT64, true, Map.of())),
            Map.of());
    out.startBatch(1000);
    out.doubles(0, new double[1000], 0, null);
    assertThrows(IOException.class, out::endBatch);
    // the allocator complains about what is still in use
    out.close();
  }

  /** A disk that is full, or a client that is gone, after so many bytes. */
  private static final class FailingOutput extends OutputStream {
    private int left;

    FailingOutput(int left) {
      this.left = left;
    }

    @Override
    public void write(int b) throws IOException {
      if (left-- == 0) {
        throw new IOException("no more room");
      }
    }
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long[] values = {-24, 0, 7};
    BitSet present = new BitSet();
    present.set(0);
    present.set(2);
    long[][] lists = {{1, 2}, null, {9}};
    try (ArrowOutput out =
        new ArrowOutput(Channels.newChannel(bytes), COLUMNS, Map.of("source", "demo"))) {
      for (int from = 0; from < 3; from += 2) {
        out.startBatch(from == 0 ? 2 : 1);
        out.longs(0, new long[] {10, 11, 12}, from, null);
        out.longs(1, values, from, present);
        out.longs(2, new long[] {4, -5, 6}, from, null);
        out.lists(3, lists, from);
        out.endBatch();
      }
      out.finish();
    }
    return bytes.toByteArray();
  }
}
