package io.rezolus.libs.recording.rez;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rezolus.libs.recording.Table;
import io.rezolus.libs.wire.DecodedSnapshot;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that producers send must not make a table be taken for one of another kind. */
class TableNamesTest {
  @TempDir Path folder;

  @Test
  void entries_are_in_tables_named_after_their_samplers() throws Exception {
    assertEquals(
        List.of("a_b", "cpu", "unattributed"),
        tables(
            entries(
                Map.of("metric", "x", "sampler", "cpu"),
                Map.of("metric", "y"),
                Map.of("metric", "z", "sampler", "a/b"))));
  }

  @Test
  void the_same_entries_are_in_the_same_tables_when_sealed() throws Exception {
    Path path = folder.resolve("b.rez");
    RezWriter writer = RezWriter.create(path, Map.of(), Map.of(), RezWriterOptions.standard(1));
    writer.append(entries(Map.of("metric", "x", "sampler", "a/b")), 10, 0);
    writer.finish();
    try (RezFile file = RezFile.open(path)) {
      Table table = file.recordings().get(0).tables().get(0);
      assertEquals("a_b", table.name());
      assertEquals("a/b", table.columns().get(0).label("sampler"));
      assertEquals(1, table.values(table.columns().get(0), 0).values()[0]);
    }
  }

  private List<String> tables(DecodedSnapshot snapshot) throws Exception {
    Path path = folder.resolve("a.rez");
    try (RezWriter writer =
        RezWriter.create(path, Map.of(), Map.of(), RezWriterOptions.standard(1))) {
      writer.append(snapshot, 10, 0);
    }
    return RezCatalog.read(path).recordings().get(0).tables().stream()
        .map(TableCatalog::name)
        .toList();
  }

  /** A snapshot of version 2 with a counter for each of these labels. */
  @SafeVarargs
  private static DecodedSnapshot entries(Map<String, String>... labels) throws Exception {
    MsgpackBuffer out = new MsgpackBuffer().array(6);
    out.array(2).unsigned(1).unsigned(0).array(2).unsigned(0).unsigned(0).map(0);
    out.array(labels.length);
    for (int i = 0; i < labels.length; i++) {
      out.array(3).string(Integer.toString(i)).unsigned(i + 1).strings(new TreeMap<>(labels[i]));
    }
    return new SnapshotDecoder().decode(out.array(0).array(0).toByteArray());
  }
}
