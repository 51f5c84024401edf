package io.rezolus.libs.recording.metadata;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.StringReader;

/** JSON as RFC 8259 has it; gson's own parser also takes comments, single quotes and bare words. */
public final class StrictJson {
  private static final Gson COMPACT =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private static final Gson PRETTY =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();
  private static final TypeAdapter<JsonElement> ADAPTER = COMPACT.getAdapter(JsonElement.class);

  private StrictJson() {}

  /**
   * The one JSON value that a text holds. Numbers keep all their digits.
   *
   * @throws JsonParseException when it holds none, or more than one; the message is one line
   */
  public static JsonElement parse(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement value = ADAPTER.read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("more than one JSON value");
      }
      return value;
    } catch (MalformedJsonException | JsonParseException | NumberFormatException e) {
      throw new JsonParseException(firstLine(e.getMessage()), e);
    } catch (IOException e) {
      throw new JsonParseException("it ends too early", e);
    }
  }

  /** Everything in one line. */
  public static String compact(JsonElement value) {
    return COMPACT.toJson(value);
  }

  /** Indented by two blanks a level. */
  public static String pretty(JsonElement value) {
    return PRETTY.toJson(value);
  }

  private static String firstLine(String message) {
    return message == null ? "not valid" : message.lines().findFirst().orElse("not valid");
  }
}
