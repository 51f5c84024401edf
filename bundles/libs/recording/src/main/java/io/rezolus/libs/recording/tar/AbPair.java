package io.rezolus.libs.recording.tar;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a pair of recordings that are to be compared says about itself.
 *
 * @param version 1
 * @param category template the comparison is shown with; null for none
 */
public record AbPair(int version, Side baseline, Side experiment, String category) {
  static final String NAME = "ab.json";

  private static final Gson JSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .setFieldNamingPolicy(FieldNamingPolicy.IDENTITY)
          .create();

  /**
   * One of the two.
   *
   * @param alias how it is called
   * @param sources names of the sources it holds
   */
  public record Side(String alias, List<String> sources) {}

  byte[] json() {
    return (JSON.toJson(this) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The message of an exception does not name the file. */
  static AbPair parse(byte[] json) throws IOException {
    AbPair pair;
    try {
      pair = JSON.fromJson(new String(json, StandardCharsets.UTF_8), AbPair.class);
    } catch (JsonParseException | StackOverflowError e) {
      throw new IOException(NAME + " in it cannot be parsed", e);
    }
    if (pair == null || pair.version() != 1) {
      throw new IOException(
          NAME + " in it is of version " + (pair == null ? 0 : pair.version()) + "; expected 1");
    }
    if (pair.baseline() == null || pair.experiment() == null) {
      throw new IOException(NAME + " in it does not describe baseline and experiment");
    }
    return pair;
  }
}
