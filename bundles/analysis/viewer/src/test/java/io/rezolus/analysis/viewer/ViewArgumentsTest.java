package io.rezolus.analysis.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.query.recording.SampleCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewArgumentsTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:0, 127.0.0.1:0",
    "[::1]:8080, [::1]:8080",
    "localhost:80, 127.0.0.1:80",
    "0.0.0.0:65535, 0.0.0.0:65535",
  })
  void understands_addresses(String text, String expected) {
    assertEquals(expected, ListenAddress.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8080", "host:80", "127.0.0.1", "127.0.0.1:65536", "1.2.3.999:1", "::1:80"})
  void refuses_what_is_no_address(String text) {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text))
            .getMessage()
            .startsWith(text));
  }

  @Test
  void finds_a_free_port_and_notices_a_busy_one() throws IOException {
    assertTrue(ListenAddress.parse("127.0.0.1:0").free().port() > 0);
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ListenAddress taken = new ListenAddress("127.0.0.1", busy.getLocalPort());
      assertThrows(IOException.class, taken::free);
    }
  }

  @Test
  void an_alias_stands_in_front_of_a_file_or_url() {
    assertEquals(new Input("before", "a.parquet"), Input.parse("before=a.parquet"));
    assertEquals(new Input("web", "http://h:1/x=y"), Input.parse("web=http://h:1/x=y"));
    assertEquals(new Input(null, "http://h:1/?x=y"), Input.parse("http://h:1/?x=y"));
    assertEquals(new Input(null, "./a=b.parquet"), Input.parse("./a=b.parquet"));
  }

  @Test
  void names_the_input_that_cannot_be_opened(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "no recording");
    for (String bad :
        new String[] {
          folder.resolve("missing").toString(),
          folder.toString(),
          text.toString(),
          "http://127.0.0.1:1"
        }) {
      try (Inputs inputs = new Inputs(new SampleCache(1000), Duration.ofMinutes(1), 1000)) {
        CommandException e =
            assertThrows(CommandException.class, () -> inputs.open(Input.parse(bad)));
        assertEquals(1, e.exitCode());
        assertTrue(e.getMessage().contains(bad), e.getMessage());
      }
    }
  }
}
