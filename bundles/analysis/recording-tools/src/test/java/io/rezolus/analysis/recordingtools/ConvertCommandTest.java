package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  @TempDir private Path folder;
  private Path raw;

  @BeforeEach
  void setUp() throws IOException {
    Path packed = TestRecording.real("upstream/raw.zst");
    try (ZstdInputStream in =
        new ZstdInputStream(new ByteArrayInputStream(Files.readAllBytes(packed)))) {
      raw = Files.write(folder.resolve("run.raw"), in.readAllBytes());
    }
  }

  @Test
  void equals_the_conversion_by_upstream_in_columns_labels_order_and_values() throws IOException {
    Path packed = TestRecording.copy("upstream/raw.zst", folder);
    ToolRun.convert("", packed, "--interval", "1s").succeeds().says("13 rows");
    ParquetRecording ours = ParquetRecording.open(folder.resolve("raw.parquet"));
    ParquetRecording theirs =
        ParquetRecording.open(TestRecording.real("upstream/raw-converted.parquet"));
    assertEquals(theirs.table().columns().size(), ours.table().columns().size());
    for (int i = 0; i < theirs.table().columns().size(); i++) {
      RecordedColumn their = theirs.table().columns().get(i);
      RecordedColumn our = ours.table().columns().get(i);
      assertEquals(their.name(), our.name());
      assertEquals(their.metadata(), our.metadata(), our.name());
      if (our.kind() == MetricKind.HISTOGRAM) {
        assertArrayEquals(
            theirs.table().histograms(their, 0), ours.table().histograms(our, 0), our.name());
      } else {
        assertEquals(
            theirs.table().values(their, 0).present(), ours.table().values(our, 0).present());
        assertArrayEquals(
            theirs.table().values(their, 0).values(), ours.table().values(our, 0).values());
      }
    }
  }

  @Test
  void what_raw_snapshots_lack_is_added_and_the_last_tag_of_a_key_counts() {
    ToolRun.convert(
            "{\"hostname\":\"h\"}",
            raw,
            "--systeminfo",
            "-",
            "-m",
            "owner=x=y",
            "-m",
            "source=a",
            "-m",
            "source=b")
        .succeeds()
        .says("--descriptions");
    Path output = folder.resolve("run.parquet");
    assertEquals("{\"hostname\":\"h\"}", TestRecording.key(output, "systeminfo"));
    assertEquals("x=y", TestRecording.key(output, "owner"));
    assertEquals("b", TestRecording.key(output, "source"));
  }

  @Test
  void options_that_are_wrong_are_refused_before_anything_is_written() throws IOException {
    ToolRun.convert("", raw, "--systeminfo", "-", "--descriptions", "-").fails(2, "both");
    ToolRun.convert("", raw, "--interval", "0s").fails(2, "--interval");
    ToolRun.convert("", raw, "--interval", "500us").fails(2, "--interval");
    ToolRun.convert("", raw, "-m", "novalue").fails(2, "novalue");
    ToolRun.convert("", raw, "-m", "=x").fails(2, "key");
    ToolRun.convert("nonsense{", raw, "--systeminfo", "-").fails(1, "standard input: not JSON");
    ToolRun.convert("{\"a\":1}", raw, "--descriptions", "-").fails(1, "descriptions");
    ToolRun.convert("", raw, "--descriptions", folder.resolve("none")).fails(1, "no such file");
    assertFalse(Files.exists(folder.resolve("run.parquet")));
  }

  @Test
  void an_existing_output_is_only_replaced_when_told_so_and_the_input_never() throws IOException {
    Path output = Files.writeString(folder.resolve("run.parquet"), "before");
    ToolRun.convert("", raw).fails(1, "exists already", "--force");
    assertEquals("before", Files.readString(output));
    ToolRun.convert("", raw, "--force").succeeds();
    assertEquals(13, TestRecording.open(output).table().rows());
    byte[] before = Files.readAllBytes(raw);
    ToolRun.convert("", raw, "-o", raw, "--force").fails(1, "is the input");
    Path link = Files.createSymbolicLink(folder.resolve("link"), raw);
    ToolRun.convert("", raw, "-o", link, "--force").fails(1, "is the input");
    assertArrayEquals(before, Files.readAllBytes(raw));
  }

  @Test
  void what_breaks_off_is_converted_up_to_there_with_a_warning() throws IOException {
    byte[] bytes = Files.readAllBytes(raw);
    Path torn = Files.write(folder.resolve("torn.raw"), Arrays.copyOf(bytes, bytes.length - 100));
    ToolRun.convert("", torn).succeeds().says("warning: " + torn + ": breaks off after 12");
    assertEquals(12, TestRecording.open(folder.resolve("torn.parquet")).table().rows());
  }

  @Test
  void what_a_killed_recording_left_becomes_what_it_was_to_become() throws IOException {
    byte[] bytes = Files.readAllBytes(raw);
    Path spool = folder.resolve("night.parquet.spool-2");
    Files.write(spool, Arrays.copyOf(bytes, bytes.length / 2));
    ToolRun.convert("", spool).succeeds();
    assertTrue(TestRecording.open(folder.resolve("night.parquet")).table().rows() > 3);
    assertTrue(Files.exists(spool));
  }

  @Test
  void an_empty_recording_has_no_rows() throws IOException {
    Path empty = Files.createFile(folder.resolve("EMPTY.RAW"));
    ToolRun.convert("", empty).succeeds().says("0 rows");
    assertEquals(0, TestRecording.open(folder.resolve("EMPTY.parquet")).table().rows());
  }

  @Test
  void other_files_are_refused_by_content() throws IOException {
    Path parquet = TestRecording.copy("recordings/simple_capture.parquet", folder);
    ToolRun.convert("", parquet, "-o", folder.resolve("x")).fails(1, "parquet", "already");
    Path rez = TestRecording.copy("upstream/recorded.rez", folder);
    ToolRun.convert("", rez).fails(1, "archive");
    Path text = Files.writeString(folder.resolve("m.prom"), "# TYPE up gauge\nup 1 1700000000\n");
    ToolRun.convert("", text).fails(1, "no raw recording");
    ToolRun.convert("", folder.resolve("none")).fails(1, "no such file");
    ToolRun.convert("", folder, "-o", folder.resolve("x")).fails(1, "a folder");
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(path -> path.toString().endsWith(".partial")));
    }
  }
}
