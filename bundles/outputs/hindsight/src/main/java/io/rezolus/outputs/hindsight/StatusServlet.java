package io.rezolus.outputs.hindsight;

import io.rezolus.core.api.http.HttpContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code GET /status}: how much is kept, and since when. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/status")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class StatusServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Routes routes;

  @Activate
  public StatusServlet(@Reference Routes routes) {
    this.routes = routes;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Hindsight hindsight = routes.current();
    if (hindsight == null) {
      Answer.text(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "not running");
      return;
    }
    try {
      Answer.json(
          response,
          HttpServletResponse.SC_OK,
          StatusJson.of(
              hindsight.config(), hindsight.buffer().status(), hindsight.buffer().refused()));
    } catch (IOException e) {
      Answer.text(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, e.getMessage());
    }
  }
}
