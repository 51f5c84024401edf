package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.recording.metadata.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text that a command is given: a file, or standard input.
 *
 * @param name how messages call it
 */
record TextInput(String name, String text) {
  private static final String STANDARD_INPUT = "-";
  private static final int BYTES_MAX = 64 << 20;

  /**
   * @param path the file, or {@code -} for standard input
   */
  static TextInput read(String path, InputStream standardInput) throws CommandException {
    boolean standard = isStandardInput(path);
    String name = standard ? "standard input" : path;
    try (InputStream in = standard ? standardInput : Files.newInputStream(Path.of(path))) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw Failure.of(name + ": larger than " + DisplayText.bytes(BYTES_MAX));
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new TextInput(name, text);
    } catch (CharacterCodingException e) {
      throw Failure.of(name + ": not a text in UTF-8");
    } catch (IOException e) {
      throw Failure.of(Path.of(path), e);
    }
  }

  static boolean isStandardInput(String path) {
    return path.equals(STANDARD_INPUT);
  }

  /** The text as JSON. */
  JsonElement json() throws CommandException {
    try {
      return StrictJson.parse(text);
    } catch (JsonParseException e) {
      throw Failure.of(name + ": not JSON: " + e.getMessage());
    }
  }
}
