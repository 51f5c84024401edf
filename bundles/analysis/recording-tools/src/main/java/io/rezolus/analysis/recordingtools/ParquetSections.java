package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.rezolus.libs.recording.metadata.StrictJson;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;

/** What a parquet recording says about itself, as data. */
final class ParquetSections {
  private ParquetSections() {}

  /** The file's key-values; those that hold JSON as what they hold. */
  static JsonObject fileMetadata(ParquetRecording recording) {
    JsonObject object = new JsonObject();
    recording.metadata().forEach((key, value) -> object.add(key, value(value)));
    return object;
  }

  static JsonElement value(String text) {
    if (text == null) {
      return JsonNull.INSTANCE;
    }
    try {
      return StrictJson.parse(text);
    } catch (JsonParseException e) {
      return new JsonPrimitive(text);
    }
  }

  static JsonObject geometry(ParquetRecording recording) {
    JsonArray groups = new JsonArray();
    for (int i = 0; i < recording.file().rowGroups(); i++) {
      JsonObject group = new JsonObject();
      group.addProperty("index", i);
      group.addProperty("num_rows", recording.file().rows(i));
      group.addProperty("total_byte_size", recording.file().bytes(i));
      groups.add(group);
    }
    JsonObject object = new JsonObject();
    object.addProperty("num_columns", recording.fields().size());
    object.addProperty("num_rows", recording.file().rows());
    object.add("row_groups", groups);
    return object;
  }

  static JsonArray schema(ParquetRecording recording) {
    JsonArray array = new JsonArray();
    for (ArrowField field : recording.fields()) {
      JsonObject object = new JsonObject();
      object.addProperty("name", field.name());
      object.addProperty("type", type(field.type()));
      object.addProperty("nullable", field.nullable());
      if (!field.metadata().isEmpty()) {
        JsonObject metadata = new JsonObject();
        field.metadata().forEach(metadata::addProperty);
        object.add("metadata", metadata);
      }
      array.add(object);
    }
    return array;
  }

  static String type(ArrowField.Type type) {
    return switch (type) {
      case UINT64 -> "UInt64";
      case INT64 -> "Int64";
      case UINT64_LIST -> "List(UInt64)";
      case OTHER -> "unreadable";
    };
  }
}
