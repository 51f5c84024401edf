package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Annotations;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
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
   * An empty picture.
   *
   * @param maxBytes most bytes it may take
   */
  Picture picture(TimeRange range, long maxBytes) {
    return grid != null
        ? new DisplayGrid(range, options.points(), grid, maxBytes)
        : new DisplayBody(range, options, maxBytes);
  }

  /** Writes the answer. */
  void write(Picture picture, Annotations notes, HttpServletResponse response) throws IOException {
    if (binary && picture.isCompact()) {
      response.setContentType(DisplayBody.BINARY);
      picture.binary(response.getOutputStream());
    } else {
      JsonBytes json = ApiServlet.json(response);
      Answer.success(json, notes.warnings(), notes.infos(), picture::json);
      json.flush();
    }
  }
}
