package io.rezolus.outputs.hindsight;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.rezolus.libs.recording.rez.RezStatus;
import io.rezolus.libs.recording.rez.TableCatalog;

/** What {@code /status} says. */
final class StatusJson {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private StatusJson() {}

  static JsonObject of(HindsightConfig config, RezStatus status, long refused) {
    JsonObject json = new JsonObject();
    json.addProperty("lookback_secs", config.lookback().toSeconds());
    json.addProperty("sampling_interval_ms", config.interval().toMillis());
    json.addProperty("ticks_recorded", status.ticks());
    json.addProperty("failed_writes", refused);
    boolean empty = status.newestTs() == 0;
    seconds(json, "oldest_timestamp", empty, status.oldestTs());
    seconds(json, "newest_timestamp", empty, status.newestTs());
    seconds(json, "retained_secs", empty, status.newestTs() - status.oldestTs());
    long kept = status.newestTs() - status.beganTs();
    json.addProperty("at_retention_bound", !empty && kept >= config.lookback().toNanos());
    json.addProperty("rows", status.rows());
    json.addProperty("bytes", status.bytes());
    json.addProperty("free_pages", status.freePages());
    json.addProperty("pages", status.pages());
    JsonArray tables = new JsonArray();
    for (TableCatalog table : status.tables()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("sampler", table.name());
      entry.addProperty("rows", table.rows());
      entry.addProperty("segments", table.segments());
      entry.addProperty("live_wal_rows", table.liveRows());
      tables.add(entry);
    }
    json.add("tables", tables);
    return json;
  }

  private static void seconds(JsonObject json, String key, boolean absent, long nanos) {
    if (absent) {
      json.add(key, JsonNull.INSTANCE);
    } else {
      json.addProperty(key, nanos / NANOS_PER_SECOND);
    }
  }
}
