package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.Labels;
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
 * {@code /api/v1/status/tsdb}: how many series there are and what makes them many, of all captures
 * or of the one that {@code capture} names. Times are milliseconds since the epoch. Recordings are
 * not made of chunks.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/status/tsdb")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class TsdbServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int ENTRIES = 10;

  private final transient Captures captures;

  @Activate
  public TsdbServlet(@Reference Captures captures) {
    this.captures = captures;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    int entries = parameters.count("limit", ENTRIES);
    String id = parameters.text("capture");
    List<Capture> asked = id == null ? captures.all() : List.of(captures.find(id));
    Cardinality count = new Cardinality();
    List<String> unreadable = new ArrayList<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Capture capture : asked) {
      CatalogSource source;
      try {
        source = capture.source();
      } catch (QueryException e) {
        if (id != null) {
          throw e;
        }
        unreadable.add(e.getMessage());
        continue;
      }
      for (Labels labels : source.series(List.of(), Long.MIN_VALUE, Long.MAX_VALUE)) {
        count.add(labels);
      }
      first = Math.min(first, source.startNanos());
      last = Math.max(last, source.endNanos());
    }
    long minTime = first == Long.MAX_VALUE ? first : Math.floorDiv(first, 1_000_000L);
    long maxTime = last == Long.MIN_VALUE ? last : Math.floorDiv(last, 1_000_000L);
    JsonBytes json = json(response);
    Answer.success(
        json,
        unreadable,
        List.of(),
        data -> {
          data.raw("{\"headStats\":{\"numSeries\":").number(count.series());
          data.raw(",\"numLabelPairs\":").number(count.pairs());
          data.raw(",\"chunkCount\":0,\"minTime\":").number(minTime);
          data.raw(",\"maxTime\":").number(maxTime).raw("},");
          count.lists(data, entries == 0 ? Integer.MAX_VALUE : entries);
          data.raw('}');
        });
    json.flush();
  }
}
