package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.capture.Capture;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/query}: the answer at one time; without {@code time}, at the capture's end. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/query")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class QueryServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Captures captures;
  private final transient QueryRunner runner;

  @Activate
  public QueryServlet(@Reference Captures captures, @Reference QueryRunner runner) {
    this.captures = captures;
    this.runner = runner;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    String query = parameters.query();
    Capture capture = captures.find(parameters.text("capture"));
    long end = capture.source().endNanos();
    long now = end == Long.MIN_VALUE ? System.currentTimeMillis() * 1_000_000L : end;
    long time = parameters.time("time", now);
    int limit = parameters.count("limit", 0);
    String format = parameters.text("format");
    if (format != null && !format.equals("arrow")) {
      throw ApiException.badData(
          "invalid parameter \"format\": \"" + format + "\", expected arrow");
    }
    QueryOptions options = runner.options(parameters, new ClientConnection(request));
    long begin = System.nanoTime();
    try (Held<QueryResult> held = runner.instant(capture.source(), query, time, options)) {
      QueryResult result = held.value();
      long took = parameters.text("stats") == null ? -1 : System.nanoTime() - begin;
      if (format != null) {
        runner.arrow(result, response);
        return;
      }
      runner.requireSize(result);
      JsonBytes json = json(response);
      Answer.success(json, result, limit, data -> new ResultJson(data).write(result, limit, took));
      json.flush();
    }
  }
}
