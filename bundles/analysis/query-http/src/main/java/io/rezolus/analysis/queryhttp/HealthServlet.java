package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /-/healthy} and {@code /-/ready}: status 200, or 503 as long as nothing is loaded. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({HealthServlet.HEALTHY, HealthServlet.READY})
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class HealthServlet extends HttpServlet {
  static final String HEALTHY = "/-/healthy";
  static final String READY = "/-/ready";

  private static final long serialVersionUID = 1L;

  private final transient Captures captures;

  @Activate
  public HealthServlet(@Reference Captures captures) {
    this.captures = captures;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean ready = request.getServletPath().equals(HEALTHY) || !captures.known().isEmpty();
    response.setStatus(ready ? 200 : 503);
    response.setContentType("text/plain; charset=utf-8");
    String text = ready ? "ready\n" : "nothing is loaded yet\n";
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
