package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/format_query}: a query in canonical form. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/format_query")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class FormatQueryServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    String formatted;
    try {
      formatted = QueryEngine.format(parameters.query());
    } catch (QueryException e) {
      throw ApiException.of(e);
    }
    JsonBytes json = json(response);
    Answer.success(json, data -> data.string(formatted));
    json.flush();
  }
}
