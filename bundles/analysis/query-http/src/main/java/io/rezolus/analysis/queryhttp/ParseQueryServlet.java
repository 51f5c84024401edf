package io.rezolus.analysis.queryhttp;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.SyntaxTree;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/parse_query}: a query's syntax tree. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/parse_query")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class ParseQueryServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    byte[] tree;
    try {
      tree = GSON.toJson(SyntaxTree.of(parameters.query())).getBytes(StandardCharsets.UTF_8);
    } catch (QueryException e) {
      throw ApiException.of(e);
    }
    JsonBytes json = json(response);
    Answer.success(json, data -> data.raw(tree));
    json.flush();
  }
}
