package io.rezolus.libs.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.MetricKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
  @ParameterizedTest
  @CsvSource({
    "recordings/demo.parquet,302,279",
    "recordings/mr2-report.parquet,182,31",
    "recordings/simple_capture.parquet,5,4"
  })
  void reads_every_series_of_a_real_recording(String name, int rows, int columns)
      throws IOException {
    Recording recording = Recording.open(testdata(name));
    assertEquals(rows, recording.rows());
    assertEquals(columns, recording.columns().size());
    int present = 0;
    for (RecordedColumn column : recording.columns()) {
      for (int group = 0; group < recording.rowGroups(); group++) {
        if (column.kind() == MetricKind.HISTOGRAM) {
          for (long[] row : recording.histograms(column, group)) {
            present += row == null ? 0 : 1;
          }
        } else {
          present += recording.values(column, group).present().cardinality();
        }
      }
    }
    assertTrue(present > 0);
    assertFalse(recording.keyValues().containsKey("ARROW:schema"));
  }

  @Test
  void finds_metric_names_labels_and_units_in_an_upstream_recording() throws IOException {
    Recording recording = Recording.open(testdata("upstream/recorded.parquet"));
    assertEquals("golden", recording.keyValues().get("owner"));
    RecordedColumn latency =
        recording.columns().stream()
            .filter(column -> column.metric().equals("scheduler_runqueue_latency"))
            .findFirst()
            .orElseThrow();
    assertEquals(MetricKind.HISTOGRAM, latency.kind());
    assertEquals(496, latency.histogram().bucketCount());
    assertEquals("nanoseconds", latency.unit());
    assertEquals("rezolus", latency.label("source"));
    assertFalse(latency.labels().containsKey("metric"));
    long[] times = recording.timestamps(0);
    assertTrue(times[times.length - 1] > times[0]);
  }

  @Test
  void refuses_a_file_that_is_not_there() {
    assertThrows(IOException.class, () -> Recording.open(Path.of("/nonexistent/a.parquet")));
  }

  static Path testdata(String name) {
    Path path = Path.of(System.getProperty("rezolus.testdata", "")).resolve(name);
    assumeTrue(Files.exists(path), path + " is not here");
    return path;
  }
}
