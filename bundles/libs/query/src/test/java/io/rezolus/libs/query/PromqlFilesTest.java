package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlFilesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "aggregators.test",
        "at_modifier.test",
        "collision.test",
        "duration_expression.test",
        "extended_vectors.test",
        "fill-modifier.test",
        "functions.test",
        "histograms.test",
        "info.test",
        "limit.test",
        "literals.test",
        "name_label_dropping.test",
        "native_histograms.test",
        "operators.test",
        "range_queries.test",
        "selectors.test",
        "staleness.test",
        "start_timestamps.test",
        "subquery.test",
        "trig_functions.test",
        "type_and_unit.test"
      })
  void answers_as_prometheus_expects(String file) throws IOException {
    Path path = Path.of(System.getProperty("rezolus.testdata", "."), "promqltest", file);
    assumeTrue(Files.exists(path), "the test files of Prometheus are not here: " + path);
    assertEquals(List.of(), TestScript.failures(Files.readString(path)));
  }
}
