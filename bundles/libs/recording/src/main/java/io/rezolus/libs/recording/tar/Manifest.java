package io.rezolus.libs.recording.tar;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Table of contents of an archive of version 1 or 2.
 *
 * @param version 1 or 2
 * @param recordings what is in it
 * @param text as it is written
 */
record Manifest(int version, List<Entry> recordings, String text) {
  static final String NAME = "manifest.json";

  private static final int VERSION_MAX = 2;

  /**
   * A recording.
   *
   * @param anchor wall clock at its begin in nanoseconds; null where it is not known
   * @param offsets pairs of time and offset of the wall clock, nanoseconds
   */
  record Entry(
      String directory,
      SortedMap<String, String> labels,
      SortedMap<String, String> metadata,
      boolean complete,
      Long anchor,
      List<long[]> offsets,
      List<TableEntry> tables) {}

  /**
   * A table.
   *
   * @param files names of its segments in the tar, in order of time
   */
  record TableEntry(String sampler, List<String> files) {}

  /** Names of all files it speaks of, each once, or null where one is spoken of twice. */
  Set<String> files() {
    Set<String> files = new HashSet<>();
    for (Entry recording : recordings) {
      for (TableEntry table : recording.tables()) {
        for (String file : table.files()) {
          if (!files.add(file)) {
            return null;
          }
        }
      }
    }
    return files;
  }

  /**
   * Reads a manifest.
   *
   * @return null where it cannot be parsed, as when it was cut off
   * @throws IOException when it is of a version that is not known; the message does not name the
   *     file
   */
  static Manifest parse(byte[] json) throws IOException {
    String text = new String(json, StandardCharsets.UTF_8);
    try {
      JsonObject root = JsonParser.parseString(text).getAsJsonObject();
      long version = root.get("version").getAsLong();
      if (version > VERSION_MAX) {
        throw new IOException(
            "version " + version + " of the tar format is not known; expected 1 or 2");
      }
      List<Entry> recordings = new ArrayList<>();
      for (JsonElement recording : root.getAsJsonArray("recordings")) {
        recordings.add(entry(recording.getAsJsonObject(), version == 1));
      }
      return new Manifest((int) version, recordings, text);
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | ClassCastException
        | NullPointerException
        | NumberFormatException
        | StackOverflowError e) {
      return null;
    }
  }

  private static Entry entry(JsonObject recording, boolean always) {
    String directory = recording.get("dir").getAsString();
    List<TableEntry> tables = new ArrayList<>();
    for (JsonElement each : recording.getAsJsonArray("tables")) {
      JsonObject table = each.getAsJsonObject();
      List<String> files = new ArrayList<>();
      JsonArray several = table.getAsJsonArray("files");
      if (several != null && !several.isEmpty()) {
        several.forEach(file -> files.add(directory + "/" + file.getAsString()));
      } else if (table.has("file") && !table.get("file").isJsonNull()) {
        files.add(directory + "/" + table.get("file").getAsString());
      }
      tables.add(new TableEntry(table.get("sampler").getAsString(), files));
    }
    boolean complete =
        always || recording.has("complete") && recording.get("complete").getAsBoolean();
    JsonElement anchor = recording.get("clock_anchor_wall_ns");
    return new Entry(
        directory,
        texts(recording.getAsJsonObject("labels")),
        texts(recording.getAsJsonObject("metadata")),
        complete,
        anchor == null || anchor.isJsonNull() ? null : anchor.getAsLong(),
        offsets(recording.getAsJsonArray("clock_offsets")),
        tables);
  }

  private static List<long[]> offsets(JsonArray pairs) {
    List<long[]> offsets = new ArrayList<>();
    if (pairs != null) {
      for (JsonElement pair : pairs) {
        JsonArray both = pair.getAsJsonArray();
        offsets.add(new long[] {both.get(0).getAsLong(), both.get(1).getAsLong()});
      }
    }
    return offsets;
  }

  private static SortedMap<String, String> texts(JsonObject object) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (object != null) {
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        JsonElement value = entry.getValue();
        texts.put(entry.getKey(), value.isJsonPrimitive() ? value.getAsString() : value.toString());
      }
    }
    return Collections.unmodifiableSortedMap(texts);
  }
}
