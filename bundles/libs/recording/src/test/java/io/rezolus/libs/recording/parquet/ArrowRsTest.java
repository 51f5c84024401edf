package io.rezolus.libs.recording.parquet;

import io.rezolus.libs.recording.Progress;
import io.rezolus.libs.recording.TestData;
import io.rezolus.libs.recording.raw.ConvertOptions;
import io.rezolus.libs.recording.raw.RawConverter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of upstream Rezolus reads what is written here. */
class ArrowRsTest {
  @TempDir Path folder;

  @Test
  void it_reads_random_tables_as_they_were_written() throws Exception {
    List<Path> files = new ArrayList<>();
    List<Contents> expected = new ArrayList<>();
    for (int seed = 2000; seed < 2100; seed++) {
      RandomTable written = RandomTable.write(seed, false);
      files.add(Files.write(folder.resolve(seed + ".parquet"), written.bytes()));
      expected.add(written.contents());
    }
    ArrowRs.expect(expected, files);
  }

  @Test
  void it_reads_recordings_of_upstream_that_were_written_again_like_themselves() throws Exception {
    List<Path> files = new ArrayList<>();
    List<Contents> expected = new ArrayList<>();
    for (String name : RealRecordingsTest.ALL) {
      Contents read = Contents.of(ParquetRecording.open(TestData.path(name)));
      files.add(folder.resolve(files.size() + ".parquet"));
      expected.add(read);
      read.write(files.get(files.size() - 1), 100);
    }
    files.add(TestData.path("upstream/recorded.parquet"));
    expected.add(Contents.of(ParquetRecording.open(files.get(files.size() - 1))));
    ArrowRs.expect(expected, files);
  }

  @Test
  void it_reads_a_converted_recording_like_the_one_that_upstream_converted() throws Exception {
    Path ours = folder.resolve("out.parquet");
    new RawConverter()
        .convert(TestData.path("upstream/raw.zst"), ours, ConvertOptions.DEFAULT, Progress.NONE);
    Path theirs = TestData.path("upstream/raw-converted.parquet");
    Contents read = Contents.of(ParquetRecording.open(ours));
    ArrowRs.expect(List.of(read, read), List.of(ours, theirs));
  }
}
