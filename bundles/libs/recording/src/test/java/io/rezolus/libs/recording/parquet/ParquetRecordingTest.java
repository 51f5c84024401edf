package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.libs.recording.RecordedColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetRecordingTest {
  @ParameterizedTest
  @CsvSource({
    "recordings/demo.parquet,302,279",
    "recordings/mr2-report.parquet,182,31",
    "recordings/simple_capture.parquet,5,4"
  })
  void reads_every_series_of_a_real_recording(String name, int rows, int columns)
      throws IOException {
    ParquetRecording recording = ParquetRecording.open(testdata(name));
    assertEquals(rows, recording.table().rows());
    assertEquals(columns, recording.table().columns().size());
    int present = 0;
    for (RecordedColumn column : recording.table().columns()) {
      for (int group = 0; group < recording.table().parts(); group++) {
        if (column.kind() == MetricKind.HISTOGRAM) {
          for (long[] row : recording.table().histograms(column, group)) {
            present += row == null ? 0 : 1;
          }
        } else {
          present += recording.table().values(column, group).present().cardinality();
        }
      }
    }
    assertTrue(present > 0);
    assertFalse(recording.metadata().containsKey("ARROW:schema"));
  }

  @Test
  void finds_metric_names_labels_and_units_in_an_upstream_recording() throws IOException {
    ParquetRecording recording = ParquetRecording.open(testdata("upstream/recorded.parquet"));
    assertEquals("golden", recording.metadata().get("owner"));
    RecordedColumn latency =
        recording.table().columns().stream()
            .filter(column -> column.metric().equals("scheduler_runqueue_latency"))
            .findFirst()
            .orElseThrow();
    assertEquals(MetricKind.HISTOGRAM, latency.kind());
    assertEquals(496, latency.histogram().bucketCount());
    assertEquals("nanoseconds", latency.unit());
    assertEquals("rezolus", latency.label("source"));
    assertFalse(latency.labels().containsKey("metric"));
    long[] times = recording.table().timestamps(0);
    assertTrue(times[times.length - 1] > times[0]);
  }

  @Test
  void refuses_a_file_that_is_not_there() {
    assertThrows(IOException.class, () -> ParquetRecording.open(Path.of("/nonexistent/a.parquet")));
  }

  static Path testdata(String name) {
    Path path = Path.of(System.getProperty("rezolus.testdata", "")).resolve(name);
    assumeTrue(Files.exists(path), path + " is not here");
    return path;
  }
}
