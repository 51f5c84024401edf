package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.rez.RezFile;
import io.rezolus.libs.recording.spool.SpoolConverter;
import io.rezolus.test.agent.SmallDisk;
import io.rezolus.test.agent.SnapshotServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFullDiskTest {
  private static final int KIBIBYTES = 200;
  private static final String FILLER = "filler";

  @TempDir Path dir;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private SnapshotServer server;
  private Path small;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    server = new SnapshotServer(0, UnaryOperator.identity());
    small = dir.resolve("small");
    disk = new SmallDisk(small, KIBIBYTES);
    assumeTrue(disk.mounted(), "mounting a file system takes root");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    server.close();
    disk.close();
  }

  @Test
  void parquet_leaves_the_spool_and_the_earlier_file() throws IOException {
    Path out = small.resolve("out.parquet");
    Files.writeString(out, "earlier");
    leave(16);
    assertEquals(1, record(out, "30m"));
    expectOneLineAbout(small.resolve("out.parquet.spool"));
    assertEquals("earlier", Files.readString(out));
    assertEquals(List.of("out.parquet", "out.parquet.spool"), files());
    Path made = dir.resolve("made.parquet");
    assertTrue(
        new SpoolConverter().convert(small.resolve("out.parquet.spool"), made, Map.of()).rows()
            > 10);
  }

  @Test
  void an_end_without_room_says_where_the_samples_are_and_what_makes_a_recording_of_them()
      throws IOException {
    Path out = small.resolve("out.parquet");
    leave(8);
    assertEquals(1, record(out, "300ms"));
    List<String> lines =
        messages
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("space left"))
            .toList();
    assertEquals(1, lines.size(), messages::toString);
    Path spool = small.resolve("out.parquet.spool");
    assertTrue(lines.get(0).contains("the samples are kept in " + spool), lines::toString);
    assertTrue(lines.get(0).contains("\"rezolus recording convert\""), lines::toString);
    assertEquals(List.of("out.parquet.spool"), files());
    Path made = dir.resolve("made.parquet");
    assertTrue(new SpoolConverter().convert(spool, made, Map.of()).rows() > 0);
  }

  @Test
  void raw_leaves_the_spool() throws IOException {
    assertEquals(1, record(small.resolve("out.raw"), "30m"));
    expectOneLineAbout(small.resolve("out.raw.spool"));
    assertEquals(List.of("out.raw.spool"), files());
  }

  @Test
  void an_archive_keeps_what_it_has() throws IOException {
    Path out = small.resolve("out.rez");
    assertEquals(1, record(out, "30m"));
    expectOneLineAbout(out);
    try (RezFile file = RezFile.open(out)) {
      assertTrue(file.recordings().get(0).tables().get(0).rows() > 5);
    }
  }

  /** Fills the disk but for so much. */
  private void leave(int kibibytes) throws IOException {
    Files.write(small.resolve(FILLER), new byte[(KIBIBYTES - kibibytes) << 10]);
  }

  private int record(Path out, String duration) {
    String format =
        out.toString().endsWith(".raw")
            ? "raw"
            : out.toString().endsWith(".rez") ? "rez" : "parquet";
    return RecordRun.of(
        new StopSwitch(),
        messages,
        "--url",
        "localhost:" + server.port(),
        "-f",
        format,
        "-i",
        "10ms",
        "-d",
        duration,
        "-o",
        out.toString());
  }

  private void expectOneLineAbout(Path kept) {
    List<String> lines =
        messages
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("space left"))
            .toList();
    assertEquals(1, lines.size(), messages::toString);
    assertTrue(lines.get(0).startsWith(kept.toString()), lines::toString);
    assertTrue(lines.get(0).contains("samples so far are kept there"), lines::toString);
    assertFalse(messages.toString(StandardCharsets.UTF_8).contains("\tat "), messages::toString);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(small)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(FILLER))
          .sorted()
          .toList();
    }
  }
}
