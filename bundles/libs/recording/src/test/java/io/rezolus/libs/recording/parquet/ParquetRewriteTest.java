package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.wraps.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRewriteTest {
  private static final List<ArrowField> FIELDS =
      List.of(
          new ArrowField("timestamp", ArrowField.Type.UINT64, false, Map.of()),
          new ArrowField("0::bytes", ArrowField.Type.UINT64, true, Map.of("source", "a")),
          new ArrowField(
              "lat:buckets",
              ArrowField.Type.UINT64_LIST,
              true,
              Map.of("grouping_power", "0", "max_value_power", "2")),
          new ArrowField("0::bytes", ArrowField.Type.INT64, true, Map.of("source", "b")));

  @TempDir Path dir;

  @Test
  void changes_metadata_and_nothing_else() throws IOException {
    Path input = twoGroups();
    Path output = dir.resolve("annotated.parquet");
    Map<String, String> keyValues = new TreeMap<>(Map.of("node", "web01", "events", "{}"));
    keyValues.put("empty", null);
    ParquetRewrite.metadata(input, output, keyValues);
    ParquetRecording rewritten = ParquetRecording.open(output);
    assertEquals(keyValues, rewritten.metadata());
    assertEquals(
        Contents.of(ParquetRecording.open(input)).columns(), Contents.of(rewritten).columns());
  }

  @Test
  void replaces_the_file_it_reads() throws IOException {
    Path input = twoGroups();
    Contents before = Contents.of(ParquetRecording.open(input));
    ParquetRewrite.metadata(input, input, Map.of("source", "rezolus"));
    assertEquals(before.columns(), Contents.of(ParquetRecording.open(input)).columns());
    try (var files = Files.list(dir)) {
      assertEquals(List.of(input), files.toList());
    }
  }

  @Test
  void keeps_either_of_two_columns_of_one_name() throws IOException {
    Path input = twoGroups();
    Path output = dir.resolve("filtered.parquet");
    Contents before = Contents.of(ParquetRecording.open(input));
    for (int[] kept : new int[][] {{0, 1}, {0, 3}, {0, 2, 3}, {0}, {0, 1, 2, 3}}) {
      ParquetRewrite.columns(input, output, kept, Map.of());
      Contents after = Contents.of(ParquetRecording.open(output));
      assertEquals(before.columns(kept), after.columns());
    }
  }

  @Test
  void refuses_to_drop_the_timestamps() throws IOException {
    Path input = twoGroups();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ParquetRewrite.columns(input, dir.resolve("out.parquet"), new int[] {1, 2}, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recordings/demo.parquet",
        "recordings/mr2-report.parquet",
        "recordings/simple_capture.parquet",
        "upstream/recorded.parquet"
      })
  void copies_columns_of_real_recordings(String name) throws IOException {
    Path input = Path.of(System.getProperty("rezolus.testdata", "")).resolve(name);
    assumeTrue(Files.exists(input), input + " is not here");
    ParquetRecording recording = ParquetRecording.open(input);
    Contents before = Contents.of(recording);
    Path output = dir.resolve("out.parquet");
    ParquetRewrite.metadata(input, output, recording.metadata());
    assertEquals(before, Contents.of(ParquetRecording.open(output)));
    int[] odd = new int[(recording.fields().size() + 1) / 2];
    for (int i = 1; i < odd.length; i++) {
      odd[i] = 2 * i - 1;
    }
    ParquetRewrite.columns(input, output, odd, recording.metadata());
    Contents after = Contents.of(ParquetRecording.open(output));
    assertEquals(before.columns(odd), after.columns());
    assertEquals(before.metadata(), after.metadata());
  }

  private Path twoGroups() throws IOException {
    Path path = dir.resolve("in.parquet");
    try (ParquetTableWriter out = ParquetTableWriter.toFile(path, FIELDS, WriteOptions.SEGMENT)) {
      for (int group = 0; group < 2; group++) {
        out.startRowGroup(2);
        out.longs(new long[] {group, group + 1});
        out.longs(new long[] {-1, group});
        out.lists(new long[][] {null, {1, group, 3}});
        out.longs(new long[] {-1, -group});
      }
      out.finish(Map.of("source", "[\"a\",\"b\"]"));
    }
    return path;
  }
}
