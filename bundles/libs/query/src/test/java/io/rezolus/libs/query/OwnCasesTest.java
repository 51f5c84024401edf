package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnCasesTest {
  @ParameterizedTest
  @ValueSource(strings = {"counters.test", "matching.test", "windows.test", "histograms.test"})
  void answers_as_the_case_says(String file) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/cases/" + file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(List.of(), TestScript.failures(text));
    }
  }
}
