package io.rezolus.outputs.hindsight;

import com.google.gson.JsonElement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Short answers, and what the dump routes have in common. */
final class Answer {
  private Answer() {}

  static void text(HttpServletResponse response, int status, String text) throws IOException {
    send(response, status, "text/plain; charset=utf-8", text + "\n");
  }

  static void json(HttpServletResponse response, int status, JsonElement json) throws IOException {
    send(response, status, "application/json", json.toString());
  }

  /**
   * The range that a request asks for.
   *
   * @throws IllegalArgumentException when a parameter is wrong
   */
  static TimeRange range(HttpServletRequest request, Captures captures) {
    TimeRange range =
        TimeRange.parse(
            request.getParameter("last"),
            request.getParameter("start"),
            request.getParameter("end"),
            captures.newestTs());
    return request.getParameter("last") == null ? range.stepped(captures.wallOffset()) : range;
  }

  private static void send(HttpServletResponse response, int status, String type, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
