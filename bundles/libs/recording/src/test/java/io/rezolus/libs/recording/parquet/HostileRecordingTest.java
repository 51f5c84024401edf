package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.wraps.parquet.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damage is refused with an error or read as other values, and nothing worse. */
class HostileRecordingTest {
  private static final int MUTATIONS = 300;

  enum Packing {
    CONVERSION(WriteOptions.CONVERSION),
    SEGMENT(WriteOptions.SEGMENT);

    private final WriteOptions options;

    Packing(WriteOptions options) {
      this.options = options;
    }
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void flipped_bits_anywhere(Packing packing) throws IOException {
    byte[] whole = recording(packing.options);
    fuzz(whole, 11, (bytes, random) -> flip(bytes, random, 0, bytes.length));
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void flipped_bits_in_the_footer(Packing packing) throws IOException {
    byte[] whole = recording(packing.options);
    int footer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
    int from = whole.length - 8 - footer;
    fuzz(whole, 12, (bytes, random) -> flip(bytes, random, from, whole.length - 8));
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void flipped_bits_in_the_pages(Packing packing) throws IOException {
    byte[] whole = recording(packing.options);
    int footer = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getInt(whole.length - 8);
    fuzz(whole, 13, (bytes, random) -> flip(bytes, random, 4, whole.length - 8 - footer));
  }

  @Test
  void damage_to_an_upstream_recording() throws IOException {
    Path path =
        Path.of(System.getProperty("rezolus.testdata", ""))
            .resolve("recordings/simple_capture.parquet");
    assumeTrue(Files.exists(path), path + " is not here");
    byte[] whole = Files.readAllBytes(path);
    fuzz(whole, 14, (bytes, random) -> flip(bytes, random, 0, bytes.length));
  }

  @Test
  void a_file_that_is_cut_off_anywhere() throws IOException {
    byte[] whole = recording(WriteOptions.SEGMENT);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(IOException.class, () -> ParquetRecording.open(cut, "cut.parquet"));
    }
  }

  @Test
  void a_footer_that_announces_more_than_follows() {
    // a list of two billion schema elements
    byte[] list = {0x15, 0x02, 0x19, (byte) 0xFC, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F};
    refuses(list);
    // a text of two billion bytes in a structure
    refuses(new byte[] {0x18, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07});
    // structures in structures
    byte[] deep = new byte[1 << 20];
    Arrays.fill(deep, (byte) 0x1C);
    refuses(deep);
    // lists in lists
    Arrays.fill(deep, (byte) 0x19);
    refuses(deep);
    // ten million structures of one byte
    byte[] many = new byte[10_000_010];
    System.arraycopy(
        new byte[] {0x29, (byte) 0xFC, (byte) 0x80, (byte) 0xAD, (byte) 0xE2, 0x04}, 0, many, 0, 6);
    refuses(many);
  }

  @Test
  void a_schema_that_refers_to_itself() throws IOException {
    ByteBuffer message = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(0, -1).putInt(4, 120);
    for (int i = 8; i < 128; i += 4) {
      message.putInt(i, 0); // every reference is to itself
    }
    assertThrows(
        IOException.class,
        () -> ArrowSchemaReader.read(Base64.getEncoder().encodeToString(message.array())));
  }

  @Test
  void a_schema_whose_fields_are_all_one() throws IOException {
    // a million references to one field with long texts
    byte[] one =
        Base64.getDecoder()
            .decode(
                ArrowSchemaWriter.write(
                    List.of(
                        new ArrowField(
                            "x".repeat(10_000), ArrowField.Type.UINT64, true, Map.of()))));
    ByteBuffer from = ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN);
    int message = 8 + from.getInt(8);
    int schema = message + 8 + from.getInt(message + 8);
    int field = schema + 4 + from.getInt(schema + 4) + 4;
    field += from.getInt(field);
    int count = 1_000_000;
    ByteBuffer huge =
        ByteBuffer.allocate(one.length + 4 + 4 * count).order(ByteOrder.LITTLE_ENDIAN);
    huge.put(one).putInt(4, huge.capacity() - 8);
    huge.putInt(schema + 4, one.length - schema - 4).putInt(one.length, count);
    for (int i = 0; i < count; i++) {
      int at = one.length + 4 + 4 * i;
      huge.putInt(at, field - at);
    }
    assertThrows(
        IOException.class,
        () -> ArrowSchemaReader.read(Base64.getEncoder().encodeToString(huge.array())));
  }

  private static void refuses(byte[] footer) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(footer);
    ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    file.writeBytes(length.putInt(footer.length).array());
    file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    IOException refused =
        assertThrows(
            IOException.class, () -> ParquetRecording.open(file.toByteArray(), "bad.parquet"));
    assertTrue(refused.getMessage().startsWith("bad.parquet: "), refused.getMessage());
  }

  private static void fuzz(byte[] whole, long seed, Mutation mutation) {
    Random random = new Random(seed);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = whole.clone();
      for (int k = 0; k <= i % 3; k++) {
        mutation.apply(bytes, random);
      }
      try {
        readAll(ParquetRecording.open(bytes, "fuzzed.parquet"));
      } catch (IOException e) {
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        assertTrue(e.getMessage().startsWith("fuzzed.parquet"), e.getMessage());
      }
    }
  }

  private static void flip(byte[] bytes, Random random, int from, int to) {
    int at = from + random.nextInt(to - from);
    bytes[at] =
        random.nextBoolean()
            ? (byte) random.nextInt()
            : (byte) (bytes[at] ^ 1 << random.nextInt(8));
  }

  private static void readAll(ParquetRecording recording) throws IOException {
    Table table = recording.table();
    for (int part = 0; part < table.parts(); part++) {
      table.timestamps(part);
      table.wallOffsets(part);
      for (RecordedColumn column : table.columns()) {
        if (column.kind() == MetricKind.HISTOGRAM) {
          table.histograms(column, part);
        } else {
          table.values(column, part);
        }
        table.windows(column, part);
      }
    }
  }

  private static byte[] recording(WriteOptions options) throws IOException {
    List<ArrowField> fields =
        List.of(
            new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
            new ArrowField(":wall_offset", ArrowField.Type.INT64, true, Map.of()),
            new ArrowField(":window_begin", ArrowField.Type.INT64, true, Map.of()),
            new ArrowField(":window_width", ArrowField.Type.UINT64, true, Map.of()),
            new ArrowField("c", ArrowField.Type.UINT64, true, Map.of("metric", "hits")),
            new ArrowField(
                "h:buckets",
                ArrowField.Type.UINT64_LIST,
                true,
                Map.of("grouping_power", "0", "max_value_power", "2")));
    try (ParquetTableWriter out = ParquetTableWriter.toBytes(fields, options)) {
      for (int group = 0; group < 2; group++) {
        out.startRowGroup(40);
        for (int i = 0; i < 5; i++) {
          int column = i;
          out.cells(
              cells -> {
                for (int row = 0; row < 40; row++) {
                  if (column > 0 && row % 7 == 0) {
                    cells.absent();
                  } else {
                    cells.value(row % 5 * 1000 + column);
                  }
                }
              });
        }
        Consumer<io.rezolus.wraps.parquet.Cells> lists =
            cells -> {
              for (int row = 0; row < 40; row++) {
                if (row % 3 == 0) {
                  cells.absent();
                } else {
                  cells.list(new long[] {row, 1, 2}, 3);
                }
              }
            };
        out.cells(lists);
      }
      out.finish(Map.of("source", "rezolus"));
      return out.toByteArray();
    }
  }

  private interface Mutation {
    void apply(byte[] bytes, Random random);
  }
}
