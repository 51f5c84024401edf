package io.rezolus.outputs.hindsight;

import io.rezolus.core.api.http.HttpContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code GET /dump}: a copy of what is kept, as an archive. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/dump")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class DumpServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Routes routes;

  @Activate
  public DumpServlet(@Reference Routes routes) {
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
    Path copy;
    try {
      TimeRange range = Answer.range(request, hindsight.captures().newestTs());
      copy = hindsight.captures().toTemporary(range);
    } catch (IllegalArgumentException e) {
      Answer.text(response, HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
      return;
    } catch (IOException e) {
      Answer.text(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, e.getMessage());
      return;
    }
    if (copy == null) {
      Answer.text(response, HttpServletResponse.SC_NOT_FOUND, "nothing is kept of that time");
      return;
    }
    try {
      response.setContentType("application/octet-stream");
      response.setHeader("Content-Disposition", "attachment; filename=\"dump.rez\"");
      Files.copy(copy, response.getOutputStream());
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
