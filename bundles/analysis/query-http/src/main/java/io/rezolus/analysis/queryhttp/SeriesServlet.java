package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/series}: label sets of the series that selectors name. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/series")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class SeriesServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Captures captures;

  @Activate
  public SeriesServlet(@Reference Captures captures) {
    this.captures = captures;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    SeriesSelection selection = new SeriesSelection(captures, parameters);
    if (!selection.named()) {
      throw ApiException.badData("no match[] parameter provided");
    }
    int limit = parameters.count("limit", 0);
    Set<Labels> series = selection.series();
    boolean cut = limit > 0 && series.size() > limit;
    long shown = cut ? limit : series.size();
    JsonBytes json = json(response);
    Answer.success(
        json,
        cut ? List.of(Answer.TRUNCATED) : List.of(),
        List.of(),
        data -> {
          Iterator<Labels> each = series.iterator();
          data.raw('[');
          for (long i = 0; i < shown; i++) {
            if (i > 0) {
              data.raw(',');
            }
            ResultJson.labels(data, each.next());
          }
          data.raw(']');
        });
    json.flush();
  }
}
