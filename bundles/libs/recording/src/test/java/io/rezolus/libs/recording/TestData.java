package io.rezolus.libs.recording;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Recordings that upstream Rezolus made; a test without them is skipped. */
public final class TestData {
  private TestData() {}

  /** Where a file or folder of them is. */
  public static Path path(String name) {
    Path path = Path.of(System.getProperty("rezolus.testdata", "/nonexistent")).resolve(name);
    assumeTrue(Files.exists(path), path + " is not here; set rezolus.testdata");
    return path;
  }
}
