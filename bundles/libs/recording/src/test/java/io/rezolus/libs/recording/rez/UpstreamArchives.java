package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Archives that upstream Rezolus wrote, copied to where a test may do with them what it likes. */
final class UpstreamArchives {
  private UpstreamArchives() {}

  static Path folder() {
    Path folder = Path.of(System.getProperty("rezolus.testdata", "/nonexistent"), "upstream");
    assumeTrue(Files.isDirectory(folder), "no recordings: set rezolus.testdata");
    return folder;
  }

  static Path copy(Path target, String... names) throws IOException {
    for (String name : names) {
      Files.write(target.resolve(name), Files.readAllBytes(folder().resolve(name)));
    }
    return target.resolve(names[0]);
  }
}
