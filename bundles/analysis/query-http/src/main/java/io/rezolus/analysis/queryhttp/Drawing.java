package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * How an answer is drawn: {@code display} reduces each series to what can be seen, {@code columnar}
 * is the same in the compact form and by default not reduced, {@code grid} makes one picture of
 * many series. Where {@code Accept} asks for bytes, any of them comes in the compact form.
 */
record Drawing(DisplayOptions options, GridCell grid, boolean binary) {
  private static final int POINTS = 500;

  static Drawing of(String format, Parameters parameters, String accept) throws ApiException {
    boolean columnar = format.equals("columnar");
    boolean grid = format.equals("grid");
    if (!columnar && !grid && !format.equals("display")) {
      throw ApiException.badData(
          "invalid parameter \"format\": \""
              + format
              + "\", expected display, columnar, grid or arrow");
    }
    return new Drawing(
        DisplayOptions.of(
            parameters.text("points"), parameters.text("band"), columnar ? 0 : POINTS),
        grid ? GridCell.of(parameters.text("cell")) : null,
        columnar || accept != null && accept.contains(DisplayBody.BINARY));
  }

  /**
   * Writes the answer.
   *
   * @param maxBytes most bytes it may take
   */
  void write(QueryResult result, TimeRange range, long maxBytes, HttpServletResponse response)
      throws ApiException, IOException {
    if (grid != null) {
      DisplayGrid drawn = DisplayGrid.of(result, range, options.points(), grid, maxBytes);
      write(result, drawn::binary, drawn::json, response);
    } else if (result instanceof QueryResult.Heatmap heatmap) {
      // the compact form holds one heatmap; several are listed as JSON
      boolean single = heatmap.series().size() == 1;
      write(
          result,
          single ? out -> HeatmapBody.write(heatmap.series().get(0), out) : null,
          json -> new ResultJson(json).write(heatmap, 0, -1),
          response);
    } else {
      DisplayBody drawn = DisplayBody.of(result, options, range.step());
      write(result, drawn::binary, drawn::json, response);
    }
  }

  private interface Compact {
    void write(java.io.OutputStream out) throws IOException;
  }

  private void write(
      QueryResult result, Compact compact, Answer.Data data, HttpServletResponse response)
      throws IOException {
    if (binary && compact != null) {
      response.setContentType(DisplayBody.BINARY);
      compact.write(response.getOutputStream());
    } else {
      JsonBytes json = ApiServlet.json(response);
      Answer.success(json, result, 0, data);
      json.flush();
    }
  }
}
