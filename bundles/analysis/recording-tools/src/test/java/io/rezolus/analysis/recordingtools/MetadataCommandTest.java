package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataCommandTest {
  @TempDir Path dir;

  @Test
  void json_equals_what_upstream_prints_of_the_same_file() throws IOException {
    Path file = TestRecording.real("upstream/recorded.parquet");
    Path expected = TestRecording.real("upstream/metadata-recorded.parquet.json");
    CommandRun run = CommandRun.of("metadata", "-i", file, "--json").succeeds();
    assertEquals(
        JsonParser.parseString(Files.readString(expected)), JsonParser.parseString(run.out()));
  }

  @Test
  void text_says_what_upstream_says_of_the_same_file() throws IOException {
    Path file = TestRecording.real("upstream/recorded.parquet");
    Path expected = TestRecording.real("upstream/metadata-recorded.parquet.txt");
    CommandRun run = CommandRun.of("metadata", "--input", file).succeeds();
    List<String> ours = facts(run.out());
    List<String> theirs = facts(Files.readString(expected));
    assertEquals(theirs.size(), ours.size());
    for (int i = 0; i < ours.size(); i++) {
      assertEquals(theirs.get(i), ours.get(i));
    }
  }

  /** Lines without order of keys, which upstream does not fix, and without how lists are shown. */
  private static List<String> facts(String text) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n")) {
      String plain = line.replace("List<UInt64>", "List(UInt64)");
      if (plain.contains("---")) {
        continue;
      }
      // values that were cut are cut objects, whose members come in any order as well
      plain = plain.replaceFirst("(: \\{).*", "$1");
      String[] cells = plain.split(" \\| ");
      List<String> parts = new ArrayList<>();
      for (String cell : cells) {
        parts.add(new TreeSet<>(Arrays.asList(cell.strip().split(", "))).toString());
      }
      lines.add(parts.toString());
    }
    lines.sort(null);
    return lines;
  }

  @Test
  void sections_are_shown_as_asked_for() {
    Path file = TestRecording.ofService().write(dir.resolve("a.bin"));
    String all = CommandRun.of("metadata", "-i", file).succeeds().out();
    assertTrue(all.startsWith("File Metadata:\n"));
    assertTrue(all.contains("\n\nGeometry:\n  Logical Table: 7 columns x 10 rows\n"));
    assertTrue(all.contains("\n\nSchema (7 fields):\n"));
    assertFalse(all.contains("ARROW:schema"));
    String two = CommandRun.of("metadata", "-i", file, "--file", "--schema").succeeds().out();
    assertTrue(two.contains("File Metadata:") && two.contains("Schema"));
    assertFalse(two.contains("Geometry:"));
    String json = CommandRun.of("metadata", "-i", file, "--geometry", "--json").succeeds().out();
    assertEquals("[geometry]", JsonParser.parseString(json).getAsJsonObject().keySet().toString());
  }

  @Test
  void a_single_key_is_printed_alone_and_json_is_indented() {
    Path file = TestRecording.ofService().key("owner", "me").write(dir.resolve("a.parquet"));
    assertEquals("me\n", CommandRun.of("metadata", "-i", file, "--field", "owner", "--json").out());
    assertEquals(
        "1000\n", CommandRun.of("metadata", "-i", file, "--field", "sampling_interval_ms").out());
    assertTrue(
        CommandRun.of("metadata", "-i", file, "--field", "descriptions")
            .out()
            .startsWith("{\n  \"cpu_usage\": \"time\",\n"));
    CommandRun.of("metadata", "-i", file, "--field", "none")
        .fails(1, "no key \"none\"", "owner", "source");
  }

  @Test
  void values_are_cut_between_characters_and_kept_in_one_line() {
    String globe = "\uD83C\uDF0D";
    Path file =
        new TestRecording()
            .key("long", "x".repeat(119) + globe + "tail")
            .key("multi", "a\nb\u001b[31m")
            .counter("c", Map.of("a", "b\tc"))
            .write(dir.resolve("a.parquet"));
    String out = CommandRun.of("metadata", "-i", file).succeeds().out();
    assertTrue(out.contains("  long: " + "x".repeat(119) + globe + "...\n"), out);
    assertTrue(out.contains("  multi: a b [31m\n"), out);
    assertTrue(out.contains("a=b c\n"), out);
  }

  @Test
  void a_file_is_recognised_by_its_content() throws IOException {
    Path text = Files.writeString(dir.resolve("a.parquet"), "not a recording at all");
    CommandRun.of("metadata", "-i", text).fails(1, "a.parquet", "not a parquet file");
    CommandRun.of("metadata", "-i", dir.resolve("none")).fails(1, "none: no such file");
    CommandRun.of("metadata", "-i", dir).fails(1, "a folder");
    CommandRun.of("metadata").fails(2, "-i=FILE");
  }
}
