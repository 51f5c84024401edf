package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.Annotations;
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

/**
 * {@code /api/v1/query_range}: the answer at the steps of a window, as Prometheus gives it, or in
 * another form if {@code format} says so: {@code display}, {@code columnar} and {@code grid} are to
 * be drawn, {@code arrow} gives all samples as Arrow IPC stream.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/query_range")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class QueryRangeServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Captures captures;
  private final transient QueryRunner runner;

  @Activate
  public QueryRangeServlet(@Reference Captures captures, @Reference QueryRunner runner) {
    this.captures = captures;
    this.runner = runner;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    String query = parameters.query();
    TimeRange range = TimeRange.of(parameters);
    Capture capture = captures.find(parameters.text("capture"));
    QueryOptions options = runner.options(parameters, new ClientConnection(request));
    String format = parameters.text("format");
    if ("arrow".equals(format)) {
      try (Held<QueryResult> held = runner.range(capture.source(), query, range, options)) {
        runner.arrow(held.value(), response);
      }
      return;
    }
    if (format != null) {
      Drawing drawing = Drawing.of(format, parameters, request.getHeader("Accept"));
      Picture picture = drawing.picture(range, runner.limits().pictureMemory());
      try (Held<Annotations> held = runner.draw(capture.source(), query, range, options, picture)) {
        drawing.write(picture, held.value(), response);
      }
      return;
    }
    range.requireAtMost(runner.limits().pointsPerSeries());
    int limit = parameters.count("limit", 0);
    long begin = System.nanoTime();
    try (Held<QueryResult> held = runner.range(capture.source(), query, range, options)) {
      QueryResult result = held.value();
      long took = parameters.text("stats") == null ? -1 : System.nanoTime() - begin;
      runner.requireSize(result);
      JsonBytes json = json(response);
      Answer.success(json, result, limit, data -> new ResultJson(data).write(result, limit, took));
      json.flush();
    }
  }
}
