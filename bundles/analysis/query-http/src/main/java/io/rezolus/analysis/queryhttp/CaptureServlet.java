package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.capture.Capture;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * {@code /api/v1/capture}: what is loaded. With {@code capture=ID} that capture alone, else a list
 * of all, where one that cannot be read has {@code error}, the reason. Times are seconds since the
 * epoch, null where there is no sample; an interval of 0 is not known.
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
    List<State> states = new ArrayList<>();
    if (id == null) {
      captures.all().forEach(capture -> states.add(State.of(capture)));
    } else {
      Capture one = captures.find(id);
      states.add(new State(one, one.source(), null));
    }
    JsonBytes json = json(response);
    Answer.success(
        json,
        data -> {
          String separator = id == null ? "[" : "";
          for (State state : states) {
            write(data.raw(separator), state);
            separator = ",";
          }
          data.raw(id != null ? "" : states.isEmpty() ? "[]" : "]");
        });
    json.flush();
  }

  /**
   * A capture at the moment.
   *
   * @param source null when it cannot be read
   * @param error why; null when it can
   */
  private record State(Capture capture, CatalogSource source, String error) {
    static State of(Capture capture) {
      try {
        return new State(capture, capture.source(), null);
      } catch (QueryException e) {
        return new State(capture, null, e.getMessage());
      }
    }
  }

  private static void write(JsonBytes json, State state) throws IOException {
    Capture capture = state.capture();
    CatalogSource source = state.source();
    boolean empty = source == null || source.endNanos() == Long.MIN_VALUE;
    json.raw("{\"id\":").string(capture.id());
    json.raw(",\"minTime\":");
    json.number(empty ? Double.NaN : source.startNanos() / 1e9).raw(",\"maxTime\":");
    json.number(empty ? Double.NaN : source.endNanos() / 1e9).raw(",\"interval\":");
    json.number(source == null ? 0 : source.intervalNanos() / 1e9);
    json.raw(",\"filename\":").string(capture.origin());
    if (capture.alias() != null) {
      json.raw(",\"alias\":").string(capture.alias());
    }
    if (state.error() != null) {
      json.raw(",\"error\":").string(state.error());
    }
    json.raw(",\"live\":").raw(capture.live() ? "true}" : "false}");
  }
}
