package io.rezolus.analysis.viewer;

import io.rezolus.core.api.http.HttpContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;

/** {@code /}: says in words who answers and what can be asked. */
@Component(
    service = Servlet.class,
    // the root itself; the annotation for patterns would lose the empty string
    property = "osgi.http.whiteboard.servlet.pattern=")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class RootServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final String version;

  @Activate
  public RootServlet(BundleContext context) {
    version = context.getProperty("rezolus.version");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String text =
        "Rezolus "
            + version
            + " Viewer\n"
            + "/api/v1/query, /api/v1/query_range, /api/v1/series, /api/v1/labels: as Prometheus\n"
            + "/api/v1/capture: what is loaded\n"
            + "For information, see: https://rezolus.com\n";
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain; charset=utf-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
