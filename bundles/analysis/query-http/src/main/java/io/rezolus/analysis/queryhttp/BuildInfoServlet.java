package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /api/v1/status/buildinfo}: what answers; clients choose by it what they may ask. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/status/buildinfo")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class BuildInfoServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;

  /** The version of Prometheus whose language and routes these are. */
  private static final String PROMETHEUS = "3.5.0";

  private final String version;

  @Activate
  public BuildInfoServlet(BundleContext context) {
    this(context.getProperty("rezolus.version"));
  }

  BuildInfoServlet(String version) {
    this.version = version == null ? "unknown" : version;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    JsonBytes json = json(response);
    Answer.success(
        json,
        data -> {
          data.raw("{\"version\":").string(PROMETHEUS);
          data.raw(",\"revision\":").string("rezolus " + version);
          data.raw(",\"branch\":\"\",\"buildUser\":\"\",\"buildDate\":\"\",\"goVersion\":\"\"}");
        });
    json.flush();
  }
}
