package io.rezolus.outputs.snapshot;

import com.google.gson.stream.JsonWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A whole response body and its media type. */
record Body(String contentType, byte[] bytes) {
  static final String JSON = "application/json";
  static final String MSGPACK = "application/octet-stream";
  static final String TEXT = "text/plain; charset=utf-8";

  /** A small JSON document. */
  static Body json(Document document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
    try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
      document.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return new Body(JSON, bytes.toByteArray());
  }

  void send(HttpServletResponse response) throws IOException {
    response.setContentType(contentType);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** What writes a document. */
  interface Document {
    void write(JsonWriter json) throws IOException;
  }
}
