package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.capture.Capture;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * {@code /api/v1/capture}: what is loaded. With {@code capture=ID} that capture alone, else a list
 * of all. Times are seconds since the epoch, null where there is no sample; an interval of 0 is not
 * known.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/capture")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class CaptureServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Captures captures;

  @Activate
  public CaptureServlet(@Reference Captures captures) {
    this.captures = captures;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    String id = parameters.text("capture");
    Capture one = id == null ? null : captures.find(id);
    List<Capture> all = captures.all();
    JsonBytes json = json(response);
    Answer.success(
        json,
        data -> {
          if (one != null) {
            write(data, one);
            return;
          }
          data.raw('[');
          for (int i = 0; i < all.size(); i++) {
            if (i > 0) {
              data.raw(',');
            }
            write(data, all.get(i));
          }
          data.raw(']');
        });
    json.flush();
  }

  private static void write(JsonBytes json, Capture capture) throws IOException {
    CatalogSource source = capture.source();
    boolean empty = source.endNanos() == Long.MIN_VALUE;
    json.raw("{\"id\":").string(capture.id());
    json.raw(",\"minTime\":");
    json.number(empty ? Double.NaN : source.startNanos() / 1e9).raw(",\"maxTime\":");
    json.number(empty ? Double.NaN : source.endNanos() / 1e9).raw(",\"interval\":");
    json.number(source.intervalNanos() / 1e9);
    json.raw(",\"filename\":").string(capture.origin());
    if (capture.alias() != null) {
      json.raw(",\"alias\":").string(capture.alias());
    }
    json.raw(",\"live\":").raw(capture.live() ? "true}" : "false}");
  }
}
