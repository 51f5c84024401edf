package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/label/NAME/values}: values of a label. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/label/*")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class LabelValuesServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final String VALUES = "/values";

  private final transient Captures captures;

  @Activate
  public LabelValuesServlet(@Reference Captures captures) {
    this.captures = captures;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    String path = request.getPathInfo();
    if (path == null || !path.endsWith(VALUES) || path.length() < VALUES.length() + 2) {
      throw ApiException.notFound("expected /api/v1/label/<name>/values");
    }
    String name = EscapedName.plain(path.substring(1, path.length() - VALUES.length()));
    SeriesSelection selection = new SeriesSelection(captures, parameters);
    TreeSet<String> values = new TreeSet<>();
    for (Labels labels : selection.series()) {
      values.add(labels.get(name));
    }
    values.remove("");
    JsonBytes json = json(response);
    list(json, values, parameters.count("limit", 0));
    json.flush();
  }

  /** An answer that is a list of texts, the first {@code limit} of them unless that is 0. */
  static void list(JsonBytes json, TreeSet<String> texts, int limit) throws IOException {
    boolean cut = limit > 0 && texts.size() > limit;
    List<String> shown = texts.stream().limit(cut ? limit : texts.size()).toList();
    Answer.success(
        json,
        cut ? List.of(Answer.TRUNCATED) : List.of(),
        List.of(),
        data -> Answer.strings(data, shown));
  }
}
