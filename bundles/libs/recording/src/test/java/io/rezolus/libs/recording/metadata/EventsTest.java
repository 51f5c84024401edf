package io.rezolus.libs.recording.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {
  @ParameterizedTest
  @CsvSource({
    "1795449001002132744,1795449001002132744",
    "2026-11-23T15:50:01Z,1795449001000000000",
    "2026-11-23T15:50:01.5Z,1795449001500000000",
    "2026-11-23T16:50:01+01:00,1795449001000000000",
    "2026-11-23T15:50Z,1795449000000000000",
    "2026-11-23T15:50,1795449000000000000",
    "2026-11-23T15:50:01.002132744,1795449001002132744"
  })
  void reads_times_as_nanoseconds_and_as_iso(String text, long nanos) {
    assertEquals(nanos, EventTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-23",
        "2026-11-23 15:50:01",
        "-5",
        "1.5",
        "soon",
        "9999999999999999999",
        "2026-11-23T25:50:01Z",
        "9999-01-01T00:00:00Z",
        "1960-01-01T00:00:00Z"
      })
  void refuses_other_times(String text) {
    assertThrows(IllegalArgumentException.class, () -> EventTime.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"1500,1500", "1m30s,90000000000", "2ms,2000000", "1h 5m,3900000000000", "7ns,7"})
  void reads_durations_as_nanoseconds_and_with_units(String text, long nanos) {
    assertEquals(nanos, EventTime.parseDuration(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1x", "s", "1m30", "-1s", "1 000s", "999999999999d"})
  void refuses_other_durations(String text) {
    assertThrows(IllegalArgumentException.class, () -> EventTime.parseDuration(text));
  }

  @Test
  void reads_every_member_and_leaves_out_what_is_absent() {
    String full =
        "{\"events\":[{\"timestamp\":5,\"description\":\"d\",\"kind\":\"k\",\"details\":\"t\","
            + "\"source\":\"s\",\"node\":\"n\",\"instance\":\"i\",\"labels\":{\"a\":\"b\"},"
            + "\"duration_ns\":7,\"id\":\"x\",\"chart_id\":\"c\"},"
            + "{\"timestamp\":6,\"description\":\"e\"}]}";
    assertEquals(full, Events.parse(full).toJson());
  }

  @Test
  void takes_an_array_a_wrapper_and_a_single_event() {
    String one = "{\"timestamp\":\"2026-11-23T15:50Z\",\"description\":\"d\",\"duration\":\"1s\"}";
    for (String text : List.of(one, "[" + one + "]", "{\"events\":[" + one + "]}")) {
      Event event = Events.list(StrictJson.parse(text)).get(0);
      assertEquals(1795449000000000000L, event.timestamp());
      assertEquals(1_000_000_000L, event.durationNanos());
    }
  }

  @Test
  void names_what_is_missing_or_wrong() {
    assertMessage("event 1: \"timestamp\" is missing", "[{\"description\":\"d\"}]");
    assertMessage("event 1: \"description\" is missing", "[{\"timestamp\":1}]");
    assertMessage(
        "event 2: \"kind\" is not a text",
        "[{\"timestamp\":1,\"description\":\"d\"},"
            + "{\"timestamp\":1,\"description\":\"d\",\"kind\":3}]");
    assertMessage("event 1: \"timestamp\" is not a number or a text", "[{\"timestamp\":[]}]");
  }

  @Test
  void sorts_by_time_and_id_and_keeps_the_first_of_an_id() {
    Events before = new Events(List.of(event(5, "x", "old")));
    Events.Merged merged =
        before.plus(
            List.of(
                event(9, "b", "second"),
                event(9, "a", "first"),
                event(1, null, "unnamed"),
                event(1, null, "unnamed"),
                event(7, "x", "late"),
                event(5, "x", "same time")));
    assertEquals(
        List.of("unnamed", "unnamed", "old", "first", "second"),
        merged.events().events().stream().map(Event::description).toList());
    assertEquals(
        List.of("same time", "late"), merged.dropped().stream().map(Event::description).toList());
  }

  @Test
  void no_events_are_no_value() {
    assertNull(Events.parse(null).toJson());
    assertNull(Events.parse("[]").toJson());
    assertTrue(Events.parse("{\"events\":[]}").events().isEmpty());
  }

  private static void assertMessage(String message, String json) {
    JsonParseException error =
        assertThrows(JsonParseException.class, () -> Events.list(StrictJson.parse(json)));
    assertEquals(message, error.getMessage());
  }

  private static Event event(long time, String id, String description) {
    return new Event(
        time, description, null, null, null, null, null, new java.util.TreeMap<>(), null, id, null);
  }
}
