package io.rezolus.libs.recording.rez;

import io.rezolus.libs.recording.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Archives that upstream Rezolus wrote, copied to where a test may do with them what it likes. */
final class UpstreamArchives {
  private UpstreamArchives() {}

  static Path folder() {
    return TestData.path("upstream");
  }

  static Path copy(Path target, String... names) throws IOException {
    for (String name : names) {
      Files.write(target.resolve(name), Files.readAllBytes(folder().resolve(name)));
    }
    return target.resolve(names[0]);
  }
}
