package io.rezolus.wraps.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that other writers make, or that nobody would. */
class StrangeFilesTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("timestamp", ColumnType.UINT64, true),
          Column.optional("x", ColumnType.UINT64),
          Column.optional("a", ColumnType.UINT64_LIST),
          Column.optional("b", ColumnType.UINT64_LIST));

  @TempDir Path dir;

  @Test
  void the_name_of_a_lists_leaf_does_not_matter_and_is_kept_in_copies() throws IOException {
    byte[] mixed = edit(file(), meta -> leaves(meta).get(1).setName("element"));
    assertValues(ParquetFile.open(mixed, "mixed"));
    Path path = Files.write(dir.resolve("mixed.parquet"), mixed);
    Path copy = dir.resolve("copy.parquet");
    ParquetCopy.copy(path, copy, new int[] {0, 2, 3}, Map.of());
    FileMetaData copied = Footer.read(new MemoryInput(Files.readAllBytes(copy))).decode();
    assertEquals(
        List.of("item", "element"), leaves(copied).stream().map(SchemaElement::getName).toList());
  }

  @Test
  void a_list_and_a_number_of_one_name_are_read() throws IOException {
    byte[] namesakes =
        edit(
            file(),
            meta ->
                meta.getSchema().stream()
                    .filter(element -> element.getName().equals("b"))
                    .forEach(element -> element.setName("x")));
    ParquetFile file = ParquetFile.open(namesakes, "namesakes");
    assertEquals("x", file.columns().get(3).name());
    assertValues(file);
  }

  @Test
  void older_annotations_mean_the_same() throws IOException {
    ParquetFile file =
        ParquetFile.open(
            edit(file(), meta -> meta.getSchema().forEach(SchemaElement::unsetLogicalType)), "old");
    assertEquals(COLUMNS, file.columns());
    assertValues(file);
  }

  @Test
  void numbers_that_stand_for_something_else_are_no_values() throws IOException {
    ParquetFile file =
        ParquetFile.open(
            edit(
                file(),
                meta -> {
                  SchemaElement x = meta.getSchema().get(2);
                  x.unsetLogicalType();
                  x.setConverted_type(ConvertedType.TIMESTAMP_MICROS);
                }),
            "time");
    assertEquals(ColumnType.OTHER, file.columns().get(1).type());
    assertThrows(IllegalArgumentException.class, () -> file.readLongs(0, 1));
    assertArrayEquals(new long[] {1, 2}, file.readLongs(0, 0).values());
  }

  @Test
  void a_row_group_of_other_columns_than_the_schema_is_refused() throws IOException {
    byte[] fewer = edit(file(), meta -> meta.getRow_groups().get(0).getColumns().remove(3));
    byte[] without =
        edit(file(), meta -> meta.getRow_groups().get(0).getColumns().get(1).unsetMeta_data());
    byte[] elsewhere =
        edit(
            file(),
            meta -> meta.getRow_groups().get(0).getColumns().get(1).setFile_path("part-2.parquet"));
    for (byte[] bad : List.of(fewer, without, elsewhere)) {
      IOException refused = assertThrows(IOException.class, () -> ParquetFile.open(bad, "bad"));
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  @Test
  void a_schema_nested_without_end_is_refused() throws IOException {
    byte[] deep =
        edit(
            file(),
            meta -> {
              SchemaElement nested = new SchemaElement("n");
              nested.setNum_children(1);
              for (int i = 0; i < 100_000; i++) {
                meta.getSchema().add(1, nested);
              }
            });
    IOException refused =
        assertThrows(IOException.class, () -> ParquetFile.open(deep, "deep.parquet"));
    assertTrue(refused.getMessage().contains("nested"), refused.getMessage());
  }

  @Test
  void more_rows_than_memory_has_room_for_are_refused() throws IOException {
    byte[] many = edit(file(), meta -> meta.getRow_groups().get(0).setNum_rows(1L << 40));
    assertThrows(IOException.class, () -> ParquetFile.open(many, "many.parquet"));
  }

  @Test
  void a_page_that_unpacks_to_more_than_can_be_held_is_refused() {
    byte[] bomb = Zstd.compress(new byte[8 << 20]);
    assertTrue(bomb.length < 1000);
    assertThrows(IOException.class, () -> Limits.page(Integer.MAX_VALUE));
    byte[] plain = new byte[1 << 10];
    assertThrows(
        IOException.class,
        () ->
            Codecs.decompress(
                CompressionCodecName.ZSTD, bomb, 0, bomb.length, plain, 0, plain.length));
  }

  private static void assertValues(ParquetFile file) throws IOException {
    assertArrayEquals(new long[] {1, 2}, file.readLongs(0, 0).values());
    assertArrayEquals(new long[] {-1, 0}, file.readLongs(0, 1).values());
    assertTrue(Arrays.deepEquals(new long[][] {{1, 2}, null}, file.readLists(0, 2)), "first list");
    assertTrue(Arrays.deepEquals(new long[][] {null, {3}}, file.readLists(0, 3)), "second list");
  }

  private static List<SchemaElement> leaves(FileMetaData meta) {
    return meta.getSchema().stream()
        .filter(element -> List.of("item", "element").contains(element.getName()))
        .toList();
  }

  private static byte[] file() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ParquetOutput out = new ParquetOutput(bytes, COLUMNS, WriteOptions.CONVERSION)) {
      out.startRowGroup(2);
      out.writeColumn(
          cells -> {
            cells.value(1);
            cells.value(2);
          });
      out.writeColumn(
          cells -> {
            cells.value(-1);
            cells.absent();
          });
      out.writeColumn(
          cells -> {
            cells.list(new long[] {1, 2}, 2);
            cells.absent();
          });
      out.writeColumn(
          cells -> {
            cells.absent();
            cells.list(new long[] {3}, 1);
          });
      out.finish(Map.of());
    }
    return bytes.toByteArray();
  }

  /** The same file with another footer. */
  private static byte[] edit(byte[] file, Consumer<FileMetaData> change) throws IOException {
    Footer footer = Footer.read(new MemoryInput(file));
    FileMetaData meta = footer.decode();
    change.accept(meta);
    ByteArrayOutputStream edited = new ByteArrayOutputStream();
    edited.write(file, 0, (int) footer.position());
    Util.writeFileMetaData(meta, edited);
    int length = edited.size() - (int) footer.position();
    ByteBuffer tail = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
    edited.writeBytes(tail.array());
    edited.writeBytes(Footer.MAGIC);
    return edited.toByteArray();
  }
}
