package io.rezolus.wraps.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages of all kinds that integers may be in, whole and damaged. */
class ForeignPagesTest {
  private static final int MUTATIONS = 500;

  static Stream<Arguments> kinds() {
    return Stream.of(ForeignFile.Packing.values())
        .flatMap(
            packing ->
                Stream.of(WriterVersion.values()).map(version -> Arguments.of(packing, version)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_value_is_read(ForeignFile.Packing packing, WriterVersion version) throws IOException {
    for (CompressionCodecName codec :
        List.of(
            CompressionCodecName.LZ4_RAW,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.UNCOMPRESSED)) {
      ForeignFile file = ForeignFile.write(packing, version, codec, true, 1000);
      ParquetFile opened = ParquetFile.open(file.bytes(), "foreign.parquet");
      assertEquals(ForeignFile.COLUMNS, opened.columns());
      assertEquals(file.rows(), ForeignFile.read(opened));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void the_pages_are_those_that_are_meant(ForeignFile.Packing packing, WriterVersion version)
      throws IOException {
    byte[] bytes =
        ForeignFile.write(packing, version, CompressionCodecName.ZSTD, true, 1000).bytes();
    FileMetaData meta = Footer.read(new MemoryInput(bytes)).decode();
    ColumnMetaData column = meta.getRow_groups().get(0).getColumns().get(1).getMeta_data();
    Set<PageType> types = new HashSet<>();
    Set<Encoding> encodings = new HashSet<>();
    int at = (int) column.getData_page_offset();
    int pages = 0;
    for (long seen = 0; seen < column.getNum_values(); pages++) {
      ByteArrayInputStream in = new ByteArrayInputStream(bytes, at, bytes.length - at);
      PageHeader header = Util.readPageHeader(in);
      at = bytes.length - in.available() + header.getCompressed_page_size();
      types.add(header.getType());
      if (header.isSetData_page_header()) {
        seen += header.getData_page_header().getNum_values();
        encodings.add(header.getData_page_header().getEncoding());
      } else if (header.isSetData_page_header_v2()) {
        seen += header.getData_page_header_v2().getNum_values();
        encodings.add(header.getData_page_header_v2().getEncoding());
      }
    }
    assertTrue(pages > 3, pages + " pages");
    boolean first = version == WriterVersion.PARQUET_1_0;
    assertEquals(Set.of(first ? PageType.DATA_PAGE : PageType.DATA_PAGE_V2), types);
    switch (packing) {
      case PLAIN ->
          assertTrue(encodings.contains(first ? Encoding.PLAIN : Encoding.DELTA_BINARY_PACKED));
      case DICTIONARY -> assertEquals(2, encodings.size(), encodings::toString);
      case DELTA, DELTA_LARGE_BLOCKS ->
          assertEquals(Set.of(Encoding.DELTA_BINARY_PACKED), encodings);
      case SPLIT -> assertEquals(Set.of(Encoding.BYTE_STREAM_SPLIT), encodings);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void damage_is_refused_in_a_line_or_read_as_other_values(
      ForeignFile.Packing packing, WriterVersion version) throws IOException {
    byte[] whole =
        ForeignFile.write(packing, version, CompressionCodecName.UNCOMPRESSED, false, 220).bytes();
    int end = (int) Footer.read(new MemoryInput(whole)).position();
    Random random = new Random(21);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = whole.clone();
      for (int k = 0; k <= i % 3; k++) {
        bytes[4 + random.nextInt(end - 4)] = (byte) random.nextInt();
      }
      readEach(ParquetFile.open(bytes, "damaged.parquet"));
    }
  }

  @Test
  void a_page_with_a_checksum_is_never_read_as_other_values() throws IOException {
    ForeignFile file =
        ForeignFile.write(
            ForeignFile.Packing.DELTA,
            WriterVersion.PARQUET_1_0,
            CompressionCodecName.UNCOMPRESSED,
            true,
            1);
    FileMetaData meta = Footer.read(new MemoryInput(file.bytes())).decode();
    ColumnMetaData times = meta.getRow_groups().get(0).getColumns().get(0).getMeta_data();
    byte[] damaged = file.bytes().clone();
    damaged[(int) (times.getData_page_offset() + times.getTotal_compressed_size()) - 1] ^= 1;
    IOException refused =
        assertThrows(
            IOException.class, () -> ParquetFile.open(damaged, "damaged.parquet").readLongs(0, 0));
    assertTrue(refused.getMessage().contains("checksum"), refused.getMessage());
  }

  private static void readEach(ParquetFile file) {
    for (int group = 0; group < file.rowGroups(); group++) {
      for (int i = 0; i < file.columns().size(); i++) {
        try {
          if (file.columns().get(i).type() == ColumnType.UINT64_LIST) {
            file.readLists(group, i);
          } else {
            file.readLongs(group, i);
          }
        } catch (IOException e) {
          assertEquals(1, e.getMessage().lines().count());
          assertTrue(e.getMessage().startsWith("damaged.parquet: column "), e.getMessage());
        }
      }
    }
  }
}
