package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/labels}: names of all labels. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/labels")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class LabelsServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Captures captures;

  @Activate
  public LabelsServlet(@Reference Captures captures) {
    this.captures = captures;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    SeriesSelection selection = new SeriesSelection(captures, parameters);
    TreeSet<String> names = new TreeSet<>();
    for (Labels labels : selection.series()) {
      for (int i = 0; i < labels.size(); i++) {
        names.add(labels.name(i));
      }
    }
    JsonBytes json = json(response);
    LabelValuesServlet.list(json, names, parameters.count("limit", 0));
    json.flush();
  }
}
