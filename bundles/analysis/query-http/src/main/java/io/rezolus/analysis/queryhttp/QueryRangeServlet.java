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

/**
 * {@code /api/v1/query_range}: the answer at the steps of a window, as Prometheus gives it. With
 * {@code format=display} each series is reduced to what can be drawn, as JSON or, where {@code
 * Accept} asks for bytes, in the compact form; {@code format=columnar} is always the compact form.
 * {@code format=arrow} gives all samples as Arrow IPC stream.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/query_range")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class QueryRangeServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int DISPLAY_POINTS = 500;

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
      runner.arrow(runner.range(capture.source(), query, range, options), response);
      return;
    }
    if (format != null) {
      boolean columnar = format.equals("columnar");
      if (!columnar && !format.equals("display")) {
        throw ApiException.badData(
            "invalid parameter \"format\": \""
                + format
                + "\", expected display, columnar or arrow");
      }
      DisplayOptions display =
          DisplayOptions.of(
              parameters.text("points"), parameters.text("band"), columnar ? 0 : DISPLAY_POINTS);
      String accept = request.getHeader("Accept");
      boolean binary = columnar || accept != null && accept.contains(DisplayBody.BINARY);
      QueryResult result = runner.range(capture.source(), query, range, options);
      if (result instanceof QueryResult.Heatmap heatmap) {
        heatmap(heatmap, binary, response);
        return;
      }
      display(result, DisplayBody.of(result, display, range.step()), binary, response);
      return;
    }
    range.requireAtMost(runner.limits().pointsPerSeries());
    int limit = parameters.count("limit", 0);
    long begin = System.nanoTime();
    QueryResult result = runner.range(capture.source(), query, range, options);
    long took = parameters.text("stats") == null ? -1 : System.nanoTime() - begin;
    runner.requireSize(result);
    JsonBytes json = json(response);
    Answer.success(json, result, limit, data -> new ResultJson(data).write(result, limit, took));
    json.flush();
  }

  private static void display(
      QueryResult result, DisplayBody body, boolean binary, HttpServletResponse response)
      throws IOException {
    if (binary) {
      response.setContentType(DisplayBody.BINARY);
      body.binary(response.getOutputStream());
    } else {
      JsonBytes json = json(response);
      Answer.success(json, result, 0, body::json);
      json.flush();
    }
  }

  /** The compact form holds one heatmap; several are listed as JSON. */
  private static void heatmap(
      QueryResult.Heatmap heatmap, boolean binary, HttpServletResponse response)
      throws IOException {
    if (binary && heatmap.series().size() == 1) {
      response.setContentType(DisplayBody.BINARY);
      HeatmapBody.write(heatmap.series().get(0), response.getOutputStream());
    } else {
      JsonBytes json = json(response);
      Answer.success(json, heatmap, 0, data -> new ResultJson(data).write(heatmap, 0, -1));
      json.flush();
    }
  }
}
