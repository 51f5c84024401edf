package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rezolus.libs.recording.metadata.Event;
import io.rezolus.libs.recording.metadata.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotateEventsTest {
  private static final long TIME = TestRecording.START;
  private static final String ONE = "{\"timestamp\":" + TIME + ",\"description\":\"one\"}";
  private static final String TWO = "{\"timestamp\":" + (TIME + 1) + ",\"description\":\"two\"}";

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void record() {
    file = TestRecording.ofService().write(dir.resolve("run.parquet"));
  }

  @Test
  void every_form_of_file_is_taken() throws IOException {
    for (String text :
        List.of(
            "{\"events\":[" + ONE + "," + TWO + "]}",
            "{\n  \"events\": [\n" + ONE + ",\n" + TWO + "]}",
            "[" + ONE + "," + TWO + "]",
            ONE + "\n" + TWO,
            "# exported\n\n" + ONE + "\n  \n# more\n" + TWO + "\n")) {
      Path events = Files.writeString(dir.resolve("events"), text);
      CommandRun.of("annotate", file, "--clear-events", "--add-events", events).succeeds();
      assertEquals(List.of("one", "two"), descriptions(), text);
    }
    Path single = Files.writeString(dir.resolve("one.NDJSON"), ONE);
    CommandRun.of("annotate", file, "--clear-events", "--add-events", single).succeeds();
    assertEquals(List.of("one"), descriptions());
    CommandRun.withInput(TWO, "annotate", file, "--add-events", "-").succeeds();
    assertEquals(List.of("one", "two"), descriptions());
  }

  @Test
  void a_mistake_in_a_line_is_reported_with_its_number() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Path events = dir.resolve("events.jsonl");
    Files.writeString(events, ONE + "\n\n# note\n{\"timestamp\":1}\n");
    CommandRun.of("annotate", file, "--add-events", events)
        .fails(1, "events.jsonl: line 4: \"description\" is missing");
    Files.writeString(events, ONE + "\n{\"timestamp\":");
    CommandRun.of("annotate", file, "--add-events", events)
        .fails(1, "events.jsonl: line 2: not JSON");
    CommandRun.of("annotate", file, "--add-events", dir.resolve("none")).fails(1, "no such file");
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void an_inline_event_takes_quotes_and_labels() {
    String text =
        "timestamp=2023-11-14T22:13:20Z,desc=\"a, \\\"b\\\" \\\\ c\",kind=deploy,details=d,"
            + "source=s,node=n,instance=i,id=x,duration=1m30s,label.team=\"core\",label.v=2";
    CommandRun.of("annotate", file, "--event", text).succeeds();
    Event event = Events.parse(TestRecording.key(file, "events")).events().get(0);
    assertEquals(TIME, event.timestamp());
    assertEquals("a, \"b\" \\ c", event.description());
    assertEquals("deploy", event.kind());
    assertEquals(90_000_000_000L, event.durationNanos());
    assertEquals(Map.of("team", "core", "v", "2"), event.labels());
  }

  @Test
  void a_wrong_inline_event_is_a_usage_error() {
    refuses("time=1,desc=a,colour=red", "unknown key \"colour\"");
    refuses("time=1,desc=\"a", "a quote is not closed");
    refuses("desc=a", "\"time\" is missing");
    refuses("time=" + TIME, "\"description\" is missing");
    refuses("time=" + TIME + ",desc", "is not key=value");
    refuses("time=1,time=2,desc=a", "given twice");
    refuses("time=2023-11-14,desc=a", "not a time");
    refuses("time=" + TIME + ",desc=\"a\"b", "a comma is missing");
    refuses("time=" + TIME + ",desc=a,duration=soon", "not a duration");
  }

  @Test
  void times_far_outside_the_recording_are_refused() throws IOException {
    byte[] before = Files.readAllBytes(file);
    CommandRun.of("annotate", file, "--event", "time=1700000000,desc=in seconds")
        .fails(1, "\"in seconds\": its time 1970-01-01T00:00:01.700", "far from the recording");
    CommandRun.of("annotate", file, "--event", "time=2024-01-01T00:00Z,desc=late").fails(1);
    assertArrayEquals(before, Files.readAllBytes(file));
    CommandRun.of("annotate", file, "--event", "time=2023-11-14T10:00,desc=before").succeeds();
  }

  @Test
  void files_come_before_inline_and_an_event_that_loses_its_id_is_named() throws IOException {
    Path events =
        Files.writeString(
            dir.resolve("events.json"), "[" + ONE.replace("}", ",\"id\":\"x\"}") + "," + TWO + "]");
    CommandRun.of("annotate", file, "--event", "time=" + (TIME + 5) + ",desc=old,id=y").succeeds();
    CommandRun.of(
            "annotate",
            file,
            "--event",
            "time=" + TIME + ",desc=inline,id=x",
            "--add-events",
            events,
            "--event",
            "time=" + (TIME + 9) + ",desc=again,id=y")
        .succeeds()
        .says("\"inline\"")
        .says("\"again\" of 2023-11-14T22:13:20.000000009Z is left out");
    assertEquals(List.of("one", "two", "old"), descriptions());
  }

  @Test
  void clearing_all_removes_the_key_and_damaged_events_are_not_lost_silently() {
    CommandRun.of("annotate", file, "--event", "time=" + TIME + ",desc=a").succeeds();
    CommandRun.of("annotate", file, "--clear-events").succeeds();
    assertNull(TestRecording.key(file, "events"));
    Path damaged = TestRecording.ofService().key("events", "{").write(dir.resolve("d.parquet"));
    CommandRun.of("annotate", damaged, "--event", "time=" + TIME + ",desc=a")
        .fails(1, "--clear-events removes them");
    CommandRun.of("annotate", damaged, "--clear-events").succeeds();
    assertNull(TestRecording.key(damaged, "events"));
  }

  private void refuses(String event, String message) {
    CommandRun.of("annotate", file, "--event", event).fails(2, message);
  }

  private List<String> descriptions() {
    return Events.parse(TestRecording.key(file, "events")).events().stream()
        .map(Event::description)
        .toList();
  }
}
