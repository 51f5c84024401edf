package io.rezolus.libs.recording.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.Progress;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ConvertedRecording;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.wraps.parquet.Longs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawConverterTest {
  @TempDir Path dir;

  @Test
  void converts_an_upstream_recording_to_what_upstream_makes_of_it() throws IOException {
    Path raw = testdata("upstream/raw.zst");
    Path output = dir.resolve("out.parquet");
    RawConversion conversion = convert(raw, output);
    assertNull(conversion.torn());
    ParquetRecording ours = ParquetRecording.open(output);
    ParquetRecording theirs = ParquetRecording.open(testdata("upstream/raw-converted.parquet"));
    assertEquals(names(theirs), names(ours));
    assertEquals(theirs.fields(), ours.fields());
    assertEquals(theirs.metadata(), ours.metadata());
    assertEquals(theirs.table().rows(), ours.table().rows());
    assertEquals(theirs.file().rowGroups(), ours.file().rowGroups());
    for (int i = 0; i < theirs.fields().size(); i++) {
      if (theirs.fields().get(i).type() == ArrowField.Type.UINT64_LIST) {
        assertTrue(Arrays.deepEquals(theirs.file().readLists(0, i), ours.file().readLists(0, i)));
      } else {
        Longs expected = theirs.file().readLongs(0, i);
        Longs found = ours.file().readLongs(0, i);
        assertArrayEquals(expected.values(), found.values());
        assertEquals(expected.present(), found.present());
      }
    }
  }

  @Test
  void reads_snapshots_of_all_versions_mixed() throws IOException {
    Path output = dir.resolve("mixed.parquet");
    byte[] all = concat(v1(1000, 7), v2(2000, 8), v3(3000, -1), v1(4000, 10));
    RawConversion conversion = convert(write("mixed.raw", all), output);
    assertEquals(4, conversion.rows());
    ParquetRecording recording = ParquetRecording.open(output);
    assertEquals(List.of("timestamp", "duration", "0", "9:buckets"), names(recording));
    Longs counter = recording.file().readLongs(0, 2);
    assertArrayEquals(new long[] {7, 8, -1, 10}, counter.values());
    Longs durations = recording.file().readLongs(0, 1);
    assertEquals("{1, 2}", durations.present().toString());
    assertEquals("[null, [1, 2, 3, 4], null, null]", text(recording.file().readLists(0, 3)));
    RecordedColumn histogram = recording.table().columns().get(2);
    assertEquals(MetricKind.HISTOGRAM, histogram.kind());
    assertEquals("1", histogram.metadata().get("grouping_power"));
    assertEquals("2", histogram.metadata().get("max_value_power"));
  }

  @Test
  void unpacks_several_frames() throws IOException {
    byte[] frames = concat(Zstd.compress(v2(1000, 1)), Zstd.compress(v2(2000, 2)));
    Path output = dir.resolve("frames.parquet");
    assertEquals(2, convert(write("frames.raw.zst", frames), output).rows());
  }

  @Test
  void a_recording_that_is_cut_off_is_good_up_to_there() throws IOException {
    byte[] all = concat(v3(1000, 1), v3(2000, 2), v3(3000, 3));
    for (byte[] cut :
        new byte[][] {
          Arrays.copyOf(all, all.length - 1), concat(all, new byte[] {1}), // a foreign byte
        }) {
      Path output = dir.resolve("cut.parquet");
      Files.deleteIfExists(output);
      RawConversion conversion = convert(write("cut.raw", cut), output);
      assertEquals(cut.length < all.length ? 2 : 3, conversion.rows());
      assertNotNull(conversion.torn());
    }
  }

  @Test
  void a_compressed_recording_that_is_cut_off_or_damaged_is_good_up_to_there() throws IOException {
    byte[] frame = Zstd.compress(concat(v3(1000, 1), v3(2000, 2)));
    byte[] all = concat(frame, frame);
    byte[] damaged = all.clone();
    Arrays.fill(damaged, frame.length + 6, damaged.length, (byte) 0x55);
    for (byte[] bad : new byte[][] {Arrays.copyOf(all, all.length - 5), damaged}) {
      Path output = dir.resolve("bad.parquet");
      Files.deleteIfExists(output);
      RawConversion conversion = convert(write("bad.zst", bad), output);
      assertTrue(conversion.rows() >= 2 && conversion.rows() < 4, conversion.toString());
      assertNotNull(conversion.torn());
    }
  }

  @Test
  void an_empty_file_is_a_recording_without_rows() throws IOException {
    Path output = dir.resolve("empty.parquet");
    RawConversion conversion = convert(write("empty.raw"), output);
    assertEquals(0, conversion.rows());
    assertEquals(1000, conversion.intervalMillis());
    ParquetRecording recording = ParquetRecording.open(output);
    assertEquals(0, recording.table().rows());
    assertEquals(0, recording.table().parts());
  }

  @Test
  void refuses_what_is_no_raw_recording_and_writes_nothing() throws IOException {
    Path output = dir.resolve("no.parquet");
    assertRefused("parquet recording already", write("a", "PAR1....".getBytes("UTF-8")), output);
    byte[] tar = new byte[512];
    System.arraycopy("ustar".getBytes("UTF-8"), 0, tar, 257, 5);
    assertRefused("archive", write("b", tar), output);
    assertRefused("archive", write("c", "SQLite format 3\0".getBytes("UTF-8")), output);
    assertRefused("no raw recording", write("d", "hello".getBytes("UTF-8")), output);
    assertFalse(Files.exists(output));
  }

  @Test
  void replaces_an_output_only_when_told_and_the_input_never() throws IOException {
    Path raw = write("x.raw", v2(1000, 1));
    Path output = write("x.parquet", new byte[] {1});
    IOException refused = assertThrows(IOException.class, () -> convert(raw, output));
    assertTrue(refused.getMessage().contains("exists already"));
    ConvertOptions replace = new ConvertOptions(null, Map.of(), null, null, true);
    RawConverter converter = new RawConverter();
    converter.convert(raw, output, replace, Progress.NONE);
    assertEquals(1, ParquetRecording.open(output).table().rows());
    assertThrows(IOException.class, () -> converter.convert(raw, raw, replace, Progress.NONE));
    assertArrayEquals(v2(1000, 1), Files.readAllBytes(raw));
  }

  @Test
  void file_keys_come_from_the_snapshots_then_the_defaults_then_the_options() throws IOException {
    Path output = dir.resolve("keys.parquet");
    ConvertOptions options =
        new ConvertOptions(
            250L, Map.of("source", "db", "team", "x"), "{\"cpus\":2}", "{\"a\":\"b\"}", false);
    new RawConverter().convert(write("k.raw", v2(1000, 1)), output, options, Progress.NONE);
    assertEquals(
        Map.of(
            "sampling_interval_ms", "250",
            "source", "db",
            "team", "x",
            "version", "5",
            "systeminfo", "{\"cpus\":2}",
            "descriptions", "{\"a\":\"b\"}"),
        ParquetRecording.open(output).metadata());
  }

  @Test
  void refuses_options_that_are_not_what_they_have_to_be() throws IOException {
    Path raw = write("o.raw", v2(1000, 1));
    Path output = dir.resolve("o.parquet");
    for (ConvertOptions bad :
        List.of(
            new ConvertOptions(0L, Map.of(), null, null, false),
            new ConvertOptions(null, Map.of(), "{", null, false),
            new ConvertOptions(null, Map.of(), null, "[]", false),
            new ConvertOptions(null, Map.of(), null, "{\"a\":1}", false))) {
      assertThrows(
          IOException.class, () -> new RawConverter().convert(raw, output, bad, Progress.NONE));
    }
    assertFalse(Files.exists(output));
  }

  @Test
  void progress_goes_up_to_the_end() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      all.write(v3(1000 + i, i));
    }
    List<Long> told = new ArrayList<>();
    Path raw = write("long.raw", all.toByteArray());
    Path output = dir.resolve("long.parquet");
    new RawConverter()
        .convert(
            raw,
            output,
            ConvertOptions.DEFAULT,
            (done, total) -> {
              assertEquals(all.size(), total);
              told.add(done);
            });
    assertTrue(told.size() > 2);
    assertEquals(told.stream().sorted().toList(), told);
    assertEquals(all.size(), told.get(told.size() - 1));
  }

  @Test
  void a_raw_recording_opens_like_any_other() throws IOException {
    Path raw = write("r.raw.zst", Zstd.compress(concat(v3(1000, 5), v2(1500, 6))));
    try (ConvertedRecording recording = RawRecording.open(raw)) {
      assertTrue(recording.complete());
      assertEquals("500", recording.metadata().get("sampling_interval_ms"));
      Table table = recording.tables().get(0);
      assertArrayEquals(new long[] {1_000_000_000L, 1_500_000_000L}, table.timestamps(0));
      assertArrayEquals(new long[] {5, 6}, table.values(table.columns().get(1), 0).values());
    }
    try (ConvertedRecording recording =
        RawRecording.open(write("t.raw", concat(v2(1, 1), new byte[] {(byte) 0x94})))) {
      assertFalse(recording.complete());
      assertNotNull(recording.torn());
    }
  }

  @Test
  void names_the_output_after_the_input() {
    assertEquals(Path.of("a/b.parquet"), RawConverter.output(Path.of("a/b.RAW.zst")));
    assertEquals(Path.of("b.parquet"), RawConverter.output(Path.of("b.raw")));
    assertEquals(Path.of("b.zst.raw2.parquet"), RawConverter.output(Path.of("b.zst.raw2")));
  }

  private RawConversion convert(Path raw, Path output) throws IOException {
    return new RawConverter().convert(raw, output, ConvertOptions.DEFAULT, Progress.NONE);
  }

  private void assertRefused(String why, Path raw, Path output) {
    IOException refused = assertThrows(IOException.class, () -> convert(raw, output));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
    assertTrue(refused.getMessage().startsWith(raw.toString()), refused.getMessage());
  }

  private static byte[] v1(long millis, long counter) {
    MsgpackBuffer out = new MsgpackBuffer().array(5);
    time(out, millis);
    counters(out, counter).array(0).array(0);
    return out.toByteArray();
  }

  private static byte[] v2(long millis, long counter) {
    MsgpackBuffer out = new MsgpackBuffer().array(6);
    time(out, millis);
    time(out, 1);
    counters(out, counter).array(0).array(1).array(3).string("9").array(2);
    out.array(8).unsigned(3).unsigned(1).unsigned(2);
    for (int i = 0; i < 5; i++) {
      out.unsigned(0);
    }
    out.array(4).unsigned(1).unsigned(2).unsigned(3).unsigned(4);
    return out.strings(Map.of("metric", "lat", "grouping_power", "9")).toByteArray();
  }

  private static byte[] v3(long millis, long counter) {
    MsgpackBuffer schema = new MsgpackBuffer().array(3).array(1).array(2).string("0");
    schema.strings(Map.of("metric", "hits")).array(0).array(0);
    long[] hash = fnv(schema.toByteArray());
    MsgpackBuffer out = new MsgpackBuffer().array(4);
    time(out, millis);
    time(out, 2);
    out.strings(Map.of()).array(1).array(7).string("s/main");
    out.array(2).unsigned(hash[0]).unsigned(hash[1]).raw(schema.toByteArray()).nil();
    return out.array(1).unsigned(counter).array(0).array(0).toByteArray();
  }

  private static MsgpackBuffer counters(MsgpackBuffer out, long counter) {
    out.strings(new java.util.TreeMap<>(Map.of("source", "rezolus", "version", "5")));
    return out.array(1).array(3).string("0").unsigned(counter).strings(Map.of("metric", "hits"));
  }

  private static void time(MsgpackBuffer out, long millis) {
    out.array(2).unsigned(millis / 1000).unsigned(millis % 1000 * 1_000_000);
  }

  private static long[] fnv(byte[] bytes) {
    java.math.BigInteger hash = new java.math.BigInteger("6c62272e07bb014262b821756295c58d", 16);
    java.math.BigInteger prime = new java.math.BigInteger("1000000000000000000013b", 16);
    for (byte b : bytes) {
      hash = hash.xor(java.math.BigInteger.valueOf(b & 0xFF)).multiply(prime);
      hash = hash.mod(java.math.BigInteger.ONE.shiftLeft(128));
    }
    return new long[] {hash.shiftRight(64).longValue(), hash.longValue()};
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private Path write(String name, byte... bytes) throws IOException {
    return Files.write(dir.resolve(name), bytes);
  }

  private static List<String> names(ParquetRecording recording) {
    return recording.fields().stream().map(ArrowField::name).toList();
  }

  private static String text(long[][] lists) {
    return Arrays.deepToString(lists);
  }

  private static Path testdata(String name) {
    Path path = Path.of(System.getProperty("rezolus.testdata", "")).resolve(name);
    assumeTrue(Files.exists(path), path + " is not here");
    return path;
  }
}
