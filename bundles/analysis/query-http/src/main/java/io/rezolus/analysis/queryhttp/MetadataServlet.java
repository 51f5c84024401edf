package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.MetricInfo;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/metadata}: type, help and unit of metrics. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/metadata")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class MetadataServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Captures captures;

  @Activate
  public MetadataServlet(@Reference Captures captures) {
    this.captures = captures;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    SortedMap<String, MetricInfo> metrics =
        captures.find(parameters.text("capture")).source().metrics();
    String name = parameters.text("metric");
    int limit = parameters.count("limit", 0);
    SortedMap<String, MetricInfo> shown = new TreeMap<>();
    for (Map.Entry<String, MetricInfo> metric : metrics.entrySet()) {
      if ((name == null || name.equals(metric.getKey())) && (limit == 0 || shown.size() < limit)) {
        shown.put(metric.getKey(), metric.getValue());
      }
    }
    JsonBytes json = json(response);
    Answer.success(json, data -> write(data, shown));
    json.flush();
  }

  private static void write(JsonBytes json, SortedMap<String, MetricInfo> metrics)
      throws IOException {
    String separator = "{";
    for (Map.Entry<String, MetricInfo> metric : metrics.entrySet()) {
      MetricInfo info = metric.getValue();
      json.raw(separator).string(metric.getKey());
      json.raw(":[{\"type\":").string(info.kind());
      json.raw(",\"help\":").string(info.description() == null ? "" : info.description());
      json.raw(",\"unit\":").string(info.unit() == null ? "" : info.unit());
      json.raw("}]");
      separator = ",";
    }
    json.raw(metrics.isEmpty() ? "{}" : "}");
  }
}
