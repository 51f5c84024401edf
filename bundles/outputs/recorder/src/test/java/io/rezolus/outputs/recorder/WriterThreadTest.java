package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriterThreadTest {
  private final WriterThread thread = new WriterThread("test");
  private final List<String> done = new ArrayList<>();

  @Test
  void what_was_only_an_attempt_stops_nothing_when_it_fails() throws IOException {
    thread.attempt(
        () -> {
          throw new IOException("no space");
        });
    thread.attempt(
        () -> {
          throw new IllegalStateException("odd");
        });
    thread.submit(() -> done.add("stored"));
    thread.end();
    assertEquals(List.of("stored"), done);
  }

  @Test
  void any_other_failure_is_told() {
    assertThrows(
        IOException.class,
        () -> {
          thread.submit(
              () -> {
                throw new IOException("no space");
              });
          thread.end();
        });
  }
}
