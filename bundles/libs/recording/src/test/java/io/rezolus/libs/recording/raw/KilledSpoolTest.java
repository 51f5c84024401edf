package io.rezolus.libs.recording.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.spool.SnapshotFile;
import io.rezolus.libs.recording.spool.Spool;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder that was killed leaves behind becomes what the recording was to be. */
class KilledSpoolTest {
  private static final Map<String, String> MEANT =
      Map.of(
          "sampling_interval_ms", "200",
          "source", "x",
          "node", "n1",
          "owner", "me",
          "systeminfo", "{\"hostname\":\"h\"}",
          "descriptions", "{\"a\":\"b\"}");

  @TempDir Path dir;

  @Test
  void has_the_key_values_of_the_recording_it_was_to_become() throws IOException {
    Path spool = spool(3);
    assertEquals(MEANT, new SnapshotFile(spool).keyValues());
    Path out = dir.resolve("out.parquet");
    RawConversion conversion = convert(spool, out, ConvertOptions.DEFAULT);
    assertEquals(3, conversion.rows());
    assertEquals(200, conversion.intervalMillis());
    assertNull(conversion.doubt());
    assertTrue(
        new TreeMap<>(ParquetRecording.open(out).metadata())
            .entrySet()
            .containsAll(MEANT.entrySet()));
  }

  @Test
  void options_win_over_what_it_says() throws IOException {
    Path out = dir.resolve("out.parquet");
    ConvertOptions options = new ConvertOptions(50L, Map.of("source", "y"), "{}", null, false);
    convert(spool(3), out, options);
    Map<String, String> metadata = ParquetRecording.open(out).metadata();
    assertEquals("50", metadata.get("sampling_interval_ms"));
    assertEquals("y", metadata.get("source"));
    assertEquals("{}", metadata.get("systeminfo"));
    assertEquals("n1", metadata.get("node"));
  }

  @Test
  void may_be_cut_off_anywhere() throws IOException {
    byte[] whole = Files.readAllBytes(spool(2));
    int told = 0;
    for (int length = 0; length <= whole.length; length++) {
      Path cut = Files.write(dir.resolve("cut.spool"), Arrays.copyOf(whole, length));
      Map<String, String> found = new SnapshotFile(cut).keyValues();
      assertTrue(found.isEmpty() || found.equals(MEANT));
      told += found.isEmpty() ? 0 : 1;
    }
    assertTrue(told > 0);
  }

  private RawConversion convert(Path spool, Path out, ConvertOptions options) throws IOException {
    return new RawConverter().convert(spool, out, options, (done, total) -> {});
  }

  private Path spool(int rows) throws IOException {
    SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
    try (Spool spool = Spool.create(dir.resolve("killed.parquet"))) {
      spool.describe(MEANT);
      for (int row = 0; row < rows; row++) {
        MsgpackBuffer buffer = new MsgpackBuffer();
        // 199 ms apart, as a busy machine has them
        encoder.encode(
            new Snapshot(1_700_000_000_000_000_000L + row * 199_000_000L, 1, Map.of(), List.of()),
            buffer);
        spool.append(buffer.toByteArray());
      }
      return spool.path();
    }
  }
}
