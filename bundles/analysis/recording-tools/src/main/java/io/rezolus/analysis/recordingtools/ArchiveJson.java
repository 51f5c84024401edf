package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.rezolus.libs.recording.rez.ClockOffset;
import io.rezolus.libs.recording.rez.RecordingCatalog;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.rez.TableCatalog;
import java.util.Map;

/** What an archive of version 3 says about itself, as data. */
final class ArchiveJson {
  private ArchiveJson() {}

  static JsonObject of(RezCatalog catalog) {
    JsonArray recordings = new JsonArray();
    catalog.recordings().forEach(recording -> recordings.add(recording(recording)));
    JsonObject object = new JsonObject();
    object.addProperty("version", 3);
    object.addProperty("container", "sqlite");
    object.add("recordings", recordings);
    return object;
  }

  private static JsonObject recording(RecordingCatalog recording) {
    JsonArray offsets = new JsonArray();
    for (ClockOffset offset : recording.clockOffsets()) {
      JsonArray pair = new JsonArray();
      pair.add(offset.ts());
      pair.add(offset.offsetNanos());
      offsets.add(pair);
    }
    JsonArray tables = new JsonArray();
    recording.tables().forEach(table -> tables.add(table(table)));
    JsonObject object = new JsonObject();
    object.addProperty("name", recording.name());
    object.add("labels", texts(recording.labels()));
    object.add("metadata", texts(recording.metadata()));
    object.addProperty("complete", recording.complete());
    object.addProperty("clock_anchor_wall_ns", recording.clockAnchorNanos());
    object.add("clock_offsets", offsets);
    object.add("tables", tables);
    return object;
  }

  private static JsonObject table(TableCatalog table) {
    JsonObject object = new JsonObject();
    object.addProperty("sampler", table.name());
    object.addProperty("rows", table.rows());
    object.addProperty("segments", table.segments());
    object.addProperty("live_wal_rows", table.liveRows());
    if (table.cadenceNanos().isPresent()) {
      object.addProperty("cadence_ns", table.cadenceNanos().getAsLong());
    } else {
      object.add("cadence_ns", JsonNull.INSTANCE);
    }
    return object;
  }

  private static JsonObject texts(Map<String, String> map) {
    JsonObject object = new JsonObject();
    map.forEach(object::addProperty);
    return object;
  }
}
