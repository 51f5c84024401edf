package io.rezolus.libs.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a real upstream Rezolus sent decodes, and comes out the same again. */
class UpstreamSnapshotTest {

  private static Path file(String name) {
    String root = System.getProperty("rezolus.testdata", "");
    Path path = Path.of(root, "upstream", name);
    assumeTrue(!root.isEmpty() && Files.exists(path), "no captured output at " + path);
    return path;
  }

  private static Snapshot decode(String name) throws Exception {
    DecodedSnapshot decoded = new SnapshotDecoder().decode(Files.readAllBytes(file(name)));
    assertEquals(List.of(), decoded.skipped());
    return decoded.snapshot();
  }

  @Test
  void writes_version_3_groups_as_upstream_does() throws Exception {
    Snapshot snapshot = decode("snapshot-v3.msgpack");
    byte[] encoded = WorkedExamples.encode(SnapshotFormat.V3, snapshot);
    DecodedSnapshot again = new SnapshotDecoder().decode(encoded);
    List<GroupData> sent = snapshot.groups().stream().filter(GroupData::hasReadings).toList();
    assertFalse(sent.isEmpty());
    assertEquals(sent.size(), again.snapshot().groups().size());
    byte[] captured = Files.readAllBytes(file("snapshot-v3.msgpack"));
    for (GroupData group : sent) {
      // one group alone, less the head of the snapshot, occurs in the captured bytes as it is
      byte[] whole =
          WorkedExamples.encode(
              SnapshotFormat.V3, new Snapshot(0, 0, java.util.Map.of(), List.of(group)));
      byte[] alone = java.util.Arrays.copyOfRange(whole, 9, whole.length);
      assertEquals((byte) 0x97, alone[0]);
      assertFalse(indexOf(captured, alone) < 0, group.name());
    }
  }

  @Test
  void writes_version_3_json_as_upstream_does() throws Exception {
    StringWriter json = new StringWriter();
    new JsonSnapshotWriter(SnapshotFormat.V3).write(decode("snapshot-v3.msgpack"), json);
    JsonObject expected =
        JsonParser.parseReader(Files.newBufferedReader(file("snapshot-v3.json"))).getAsJsonObject();
    JsonArray groups = new JsonArray();
    for (JsonElement group : expected.getAsJsonArray("groups")) {
      if (hasReadings(group.getAsJsonObject())) {
        groups.add(group);
      }
    }
    expected.add("groups", groups);
    JsonObject actual = JsonParser.parseString(json.toString()).getAsJsonObject();
    assertEquals(canonical(expected), canonical(actual));
    assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(actual.keySet()));
  }

  @Test
  void writes_version_2_as_upstream_does() throws Exception {
    Snapshot snapshot = decode("snapshot-v2.msgpack");
    StringWriter json = new StringWriter();
    new JsonSnapshotWriter(SnapshotFormat.V2).write(snapshot, json);
    JsonElement expected =
        JsonParser.parseReader(Files.newBufferedReader(file("snapshot-v2.json")));
    assertEquals(canonical(expected), canonical(JsonParser.parseString(json.toString())));
    byte[] encoded = WorkedExamples.encode(SnapshotFormat.V2, snapshot);
    assertEquals(Files.size(file("snapshot-v2.msgpack")), encoded.length);
    StringWriter again = new StringWriter();
    new JsonSnapshotWriter(SnapshotFormat.V2)
        .write(new SnapshotDecoder().decode(encoded).snapshot(), again);
    assertEquals(json.toString(), again.toString());
  }

  @Test
  void reads_what_the_exporter_was_served() throws Exception {
    assertFalse(decode("exporter-1.msgpack").groups().isEmpty());
    assertFalse(decode("exporter-2.msgpack").groups().isEmpty());
  }

  @Test
  void resolves_the_second_snapshot_to_the_schemas_of_the_first() throws Exception {
    SnapshotDecoder decoder = new SnapshotDecoder();
    byte[] bytes = Files.readAllBytes(file("snapshot-v3.msgpack"));
    List<GroupData> first = decoder.decode(bytes).snapshot().groups();
    List<GroupData> second = decoder.decode(bytes).snapshot().groups();
    assertArrayEquals(
        first.stream().map(g -> System.identityHashCode(g.schema())).toArray(),
        second.stream().map(g -> System.identityHashCode(g.schema())).toArray());
  }

  private static boolean hasReadings(JsonObject group) {
    for (String kind : List.of("counters", "gauges", "histograms")) {
      for (JsonElement value : group.getAsJsonArray(kind)) {
        if (!value.isJsonNull()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Sorted keys, exact numbers, and entries of version 2 in any order. */
  private static String canonical(JsonElement element) {
    if (element.isJsonObject()) {
      TreeMap<String, String> sorted = new TreeMap<>();
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
      return sorted.toString();
    }
    if (element.isJsonArray()) {
      List<String> items = new ArrayList<>();
      boolean entries = false;
      for (JsonElement item : element.getAsJsonArray()) {
        items.add(canonical(item));
        entries = item.isJsonObject() && item.getAsJsonObject().has("value");
      }
      if (entries) {
        items.sort(Comparator.naturalOrder());
      }
      return items.toString();
    }
    if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
      return new BigInteger(primitive.getAsString()).toString();
    }
    return element.toString();
  }

  private static int indexOf(byte[] in, byte[] part) {
    outer:
    for (int i = 0; i <= in.length - part.length; i++) {
      for (int j = 0; j < part.length; j++) {
        if (in[i + j] != part[j]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }
}
