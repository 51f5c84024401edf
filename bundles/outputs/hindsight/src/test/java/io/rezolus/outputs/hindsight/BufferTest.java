package io.rezolus.outputs.hindsight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.rez.RecordingCatalog;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run finds of an earlier one, and what it makes of it. */
class BufferTest {
  private static final Origin WEB1 = origin("web1", "localhost:1", "1000");
  private static final long NOW = Instant.now().getEpochSecond() * 1_000_000_000L;

  @TempDir Path dir;
  private int read;

  @Test
  void a_killed_run_is_gone_on_with() throws Exception {
    run(WEB1, 5);
    run(WEB1, 3);
    assertEquals(List.of(8L), rows());
    assertEquals(List.of(), aside());
  }

  @Test
  void another_agent_or_interval_is_a_recording_of_its_own() throws Exception {
    run(WEB1, 5);
    run(origin("web2", "localhost:1", "1000"), 3);
    run(origin("web2", "localhost:1", "100"), 4);
    run(origin("web2", "localhost:2", "100"), 2);
    run(origin("web2", "localhost:2", "100"), 2);
    assertEquals(List.of(5L, 3L, 4L, 4L), rows());
    try (BufferPlace place = place();
        Buffer buffer = open(place)) {
      Path copy = dir.resolve("copy.rez");
      try (Captures captures = new Captures(buffer, place, copy)) {
        assertEquals(16, captures.toOutput(TimeRange.EVERYTHING).rows());
      }
      RezCatalog catalog = RezCatalog.read(copy);
      assertEquals("1000", catalog.recordings().get(1).metadata().get("sampling_interval_ms"));
      assertEquals("100", catalog.recordings().get(2).metadata().get("sampling_interval_ms"));
      place.keep(true);
    }
  }

  @Test
  void rows_keep_their_distance_where_the_clock_is_behind_those_of_an_earlier_run()
      throws Exception {
    long ahead = NOW + 3_600_000_000_000L;
    try (BufferPlace place = place()) {
      place.keep(true);
      write(place.buffer(), ahead, 3);
    }
    try (BufferPlace place = place();
        Buffer buffer = open(place)) {
      buffer.begin(WEB1);
      buffer.append(reading());
      Thread.sleep(20);
      buffer.append(reading());
      buffer.status();
      assertTrue(buffer.newestTs() >= ahead + 20_000_000, "" + (buffer.newestTs() - ahead));
      assertTrue(buffer.wallOffset() < -3_000_000_000_000L, "" + buffer.wallOffset());
      place.keep(true);
    }
  }

  @Test
  void a_run_that_was_killed_while_it_created_its_buffer_keeps_no_later_one_from_starting()
      throws Exception {
    Path made = dir.resolve("made/hindsight.rez");
    Files.createDirectories(made.getParent());
    byte[] main;
    byte[] log;
    try (RezWriter writer =
        RezWriter.create(made, WEB1.labels(), WEB1.metadata(), RezWriterOptions.standard(1))) {
      main = Files.readAllBytes(made);
      log = Files.readAllBytes(wal(made));
      assertEquals(0, writer.newestTs());
    }
    for (int bytes = 0; bytes <= log.length; bytes += 1024) {
      startsWith(main, Arrays.copyOf(log, bytes), null);
    }
    startsWith(main, log, null);
    startsWith(main, null, null);
    startsWith(main, null, new byte[8192]);
    assertEquals(List.of(), asideWithoutLog());
    startsWith(new byte[0], null, null);
    startsWith(new byte[0], null, new byte[512]);
    startsWith(new byte[0], log, null);
    startsWith(null, log, null);
    startsWith(Arrays.copyOf(main, 512), null, null);
  }

  @Test
  void what_cannot_be_gone_on_with_is_put_aside_whole() throws Exception {
    try (BufferPlace place = place()) {
      place.keep(true);
      write(place.buffer(), NOW, 3);
    }
    byte[] whole = Files.readAllBytes(buffer());
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, 4096, 8192, (byte) 7);
    startsWith(damaged, null, null);
    assertEquals(1, aside().size());
    assertTrue(Arrays.equals(damaged, Files.readAllBytes(aside().get(0).resolve("hindsight.rez"))));
    startsWith("a text".getBytes(), null, null);
    assertEquals(2, aside().size());
  }

  @Test
  void a_buffer_that_was_not_recorded_to_is_not_removed() throws Exception {
    run(WEB1, 5);
    try (BufferPlace place = place();
        Buffer buffer = open(place)) {
      assertTrue(buffer.adopted());
    }
    assertEquals(List.of(5L), rows());
  }

  @Test
  void leftovers_of_copies_are_removed_at_the_next_start() throws Exception {
    run(WEB1, 1);
    Path copy = Files.writeString(buffer().resolveSibling("dump123.rez"), "x");
    Path begun = Files.writeString(buffer().resolveSibling(".dump123.rez-77.partial"), "x");
    Path capture = Files.writeString(dir.resolve(".out.rez-999999999.partial"), "x");
    Path own =
        Files.writeString(
            dir.resolve(".out.rez-" + ProcessHandle.current().pid() + ".partial"), "x");
    try (BufferPlace place = place()) {
      assertFalse(Files.exists(copy) || Files.exists(begun) || Files.exists(capture));
      assertTrue(Files.exists(own) && Files.exists(place.buffer()));
    }
  }

  @Test
  void a_reading_that_cannot_be_stored_is_counted_and_many_of_them_end_it() throws Exception {
    DecodedSnapshot broken =
        new DecodedSnapshot(
            3, new Snapshot(1, 1, Map.of(), Collections.singletonList(null)), List.of());
    BufferPlace place = place();
    Buffer buffer = open(place);
    buffer.begin(WEB1);
    buffer.append(broken);
    buffer.append(reading());
    assertEquals(1, buffer.status().rows());
    assertEquals(1, buffer.refused());
    IOException end =
        assertThrows(
            IOException.class,
            () -> {
              for (int i = 0; i < 20; i++) {
                buffer.append(broken);
              }
            });
    assertTrue(end.getMessage().startsWith("the last 10 readings"), end.getMessage());
    buffer.close();
    place.close();
  }

  @Test
  void nothing_is_captured_where_nothing_is_buffered() throws Exception {
    try (BufferPlace place = place();
        Buffer buffer = open(place);
        Captures captures = new Captures(buffer, place, output())) {
      assertTrue(captures.toOutput(TimeRange.EVERYTHING).isEmpty());
      assertNull(captures.toTemporary(TimeRange.EVERYTHING));
      assertFalse(captures.holds(TimeRange.EVERYTHING));
      assertEquals(0, buffer.status().rows());
    }
    assertFalse(Files.exists(buffer().getParent()));
  }

  /** Files as a kill left them; null for none. A run must then be able to keep readings. */
  private void startsWith(byte[] main, byte[] log, byte[] journal) throws Exception {
    try (BufferPlace place = place()) {
      place.removeBuffer();
      put(place.buffer(), main);
      put(wal(place.buffer()), log);
      put(place.buffer().resolveSibling("hindsight.rez-journal"), journal);
      place.keep(true);
    }
    run(WEB1, 2);
    assertEquals(List.of(2L), rows());
  }

  private static void put(Path path, byte[] bytes) throws IOException {
    if (bytes != null) {
      Files.write(path, bytes);
    }
  }

  /** A run that ends without having ended in order. */
  private void run(Origin origin, int readings) throws Exception {
    try (BufferPlace place = place();
        Buffer buffer = open(place)) {
      buffer.begin(origin);
      for (int i = 0; i < readings; i++) {
        buffer.append(reading());
      }
      place.keep(true);
    }
  }

  private void write(Path path, long ts, int rows) throws IOException {
    RezWriterOptions options = RezWriterOptions.standard(ts - 1_000_000_000L);
    try (RezWriter writer = RezWriter.create(path, WEB1.labels(), WEB1.metadata(), options)) {
      for (int i = rows - 1; i >= 0; i--) {
        writer.append(reading(), ts - i * 1_000_000L, 0);
      }
    }
  }

  private DecodedSnapshot reading() {
    return new DecodedSnapshot(3, SnapshotServer.snapshot(++read), List.of());
  }

  private static Origin origin(String host, String endpoint, String interval) {
    return new Origin(
        Map.of("source", "rezolus", "host", host),
        Map.of(
            "sampling_interval_ms",
            interval,
            "endpoint",
            endpoint,
            "systeminfo",
            "{\"hostname\":\"" + host + "\"}"));
  }

  private List<Long> rows() throws IOException {
    return RezCatalog.read(buffer()).recordings().stream().map(RecordingCatalog::rows).toList();
  }

  private List<Path> aside() throws IOException {
    try (var files = Files.list(dir)) {
      return files.filter(file -> file.toString().contains(".unusable-")).sorted().toList();
    }
  }

  /** Nothing can have been in those. */
  private List<Path> asideWithoutLog() throws IOException {
    return aside().stream()
        .filter(folder -> !Files.exists(wal(folder.resolve("hindsight.rez"))))
        .toList();
  }

  private static Buffer open(BufferPlace place) throws IOException {
    return Buffer.open(place, Duration.ofHours(1), 900);
  }

  private BufferPlace place() throws IOException {
    return BufferPlace.take(output());
  }

  private Path output() {
    return dir.resolve("out.rez");
  }

  private Path buffer() {
    return dir.resolve(".out.rez.hindsight/hindsight.rez");
  }

  private static Path wal(Path path) {
    return path.resolveSibling(path.getFileName() + "-wal");
  }
}
