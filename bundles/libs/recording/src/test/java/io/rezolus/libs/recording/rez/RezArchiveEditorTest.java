package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.recording.Recording;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RezArchiveEditorTest {
  private static final String SEGMENTS =
      "SELECT group_concat(sampler || seq || hex(bytes)) FROM"
          + " (SELECT * FROM segments ORDER BY recording_id, sampler, seq)";

  @TempDir Path folder;

  @Test
  void combines_recordings_as_they_are() throws Exception {
    Path first = folder.resolve("a.rez");
    Path second = folder.resolve("b.rez");
    Path target = folder.resolve("c.rez");
    Recordings one = new Recordings(first, 1, 10).append(30);
    one.writer().finish();
    Recordings two = new Recordings(second, 2, 10).append(25);
    RezArchiveEditor.combine(List.of(first, second), target);
    try (RezFile file = RezFile.open(target)) {
      List<Recording> recordings = file.recordings();
      assertEquals(2, recordings.size());
      assertTrue(recordings.get(0).complete());
      assertFalse(recordings.get(1).complete());
      one.expected().expect(recordings.get(0));
      two.expected().expect(recordings.get(1));
      assertEquals("random", recordings.get(0).name());
      assertEquals("random-2", recordings.get(1).name());
      assertEquals("h2", recordings.get(1).labels().get("host"));
      assertEquals(0, file.catalog().recordings().get(1).tables().get(0).liveRows());
      assertEquals(
          RezCatalog.read(first).recordings().get(0).clockOffsets(),
          file.catalog().recordings().get(0).clockOffsets());
    }
    assertThrows(
        FileAlreadyExistsException.class,
        () -> RezArchiveEditor.combine(List.of(first, second), target));
    two.writer().close();
  }

  @Test
  void keeps_the_tables_of_named_samplers_and_refuses_others() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 1, 10).append(30);
    recording.writer().finish();
    byte[] before = Files.readAllBytes(path);
    for (Set<String> names : List.of(Set.<String>of(), Set.of("s1", "typo"))) {
      assertThrows(IOException.class, () -> RezArchiveEditor.filter(path, path, names));
      assertArrayEquals(before, Files.readAllBytes(path));
    }
    RezArchiveEditor.filter(path, path, new TreeSet<>(List.of("s1", "s3")));
    recording.expected().tables().keySet().removeAll(List.of("s0/main", "s2/main"));
    RezRoundTripTest.expect(recording.expected(), path, true);
  }

  @Test
  void filters_a_killed_archive_in_place() throws Exception {
    Path path = folder.resolve("a.rez");
    Recordings recording = new Recordings(path, 1, 10).append(30);
    Path killed = Recordings.killed(path, folder.resolve("killed"));
    RezArchiveEditor.filter(killed, killed, Set.of("s2"));
    recording.expected().tables().keySet().retainAll(List.of("s2/main"));
    RezRoundTripTest.expect(recording.expected(), killed, false);
    recording.writer().close();
  }

  @Test
  void annotates_without_touching_segments() throws Exception {
    Path path = folder.resolve("a.rez");
    new Recordings(path, 1, 10).append(30).writer().finish();
    List<String> before = RezStatesTest.sql(path, SEGMENTS);
    Map<String, String> changes = new TreeMap<>();
    changes.put("service_queries", "{\"kpis\":[\"<\u00e4>\"]}");
    changes.put("sampling_interval_ms", null);
    RezArchiveEditor.setMetadata(path, Map.of(1L, changes));
    RecordingCatalog recording = RezCatalog.read(path).recordings().get(0);
    assertEquals(changes.get("service_queries"), recording.metadata().get("service_queries"));
    assertNull(recording.metadata().get("sampling_interval_ms"));
    assertEquals(before, RezStatesTest.sql(path, SEGMENTS));
    assertTrue(recording.complete());
    assertThrows(IOException.class, () -> RezArchiveEditor.setMetadata(path, Map.of(9L, changes)));
  }

  @Test
  void combines_and_filters_what_upstream_wrote() throws Exception {
    Path finished = UpstreamArchives.copy(folder, "recorded.rez");
    Path killed = UpstreamArchives.copy(folder, "killed.rez", "killed.rez-wal");
    Path target = folder.resolve("both.rez");
    RezArchiveEditor.combine(List.of(finished, killed), target);
    try (RezFile both = RezFile.open(target);
        RezFile one = RezFile.open(finished);
        RezFile two = RezFile.open(killed)) {
      assertEquals(Expected.read(one.recordings().get(0)), Expected.read(both.recordings().get(0)));
      assertEquals(Expected.read(two.recordings().get(0)), Expected.read(both.recordings().get(1)));
    }
    Path filtered = folder.resolve("filtered.rez");
    RezArchiveEditor.filter(target, filtered, Set.of("cpu_usage"));
    assertEquals(
        Set.of(
            "cpu_usage/cpu_usage_cpu",
            "cpu_usage/cpu_usage_softirq",
            "cpu_usage/cpu_usage_softirq_time"),
        new TreeSet<>(RezStatesTest.sql(filtered, "SELECT sampler FROM segments")));
  }
}
