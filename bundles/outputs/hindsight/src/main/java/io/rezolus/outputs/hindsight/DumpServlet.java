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

  private static final String NOTHING = "nothing is kept of that time";

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
    Captures captures = hindsight.captures();
    if (!captures.claim()) {
      response.setHeader("Retry-After", "5");
      Answer.text(
          response,
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "as many copies as there may be at a time are being sent; try again");
      return;
    }
    try {
      send(request, response, captures);
    } finally {
      captures.release();
    }
  }

  private static void send(
      HttpServletRequest request, HttpServletResponse response, Captures captures)
      throws IOException {
    Path copy;
    try {
      copy = captures.toTemporary(Answer.range(request, captures));
    } catch (IllegalArgumentException e) {
      Answer.text(response, HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
      return;
    } catch (IOException e) {
      Answer.text(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, e.getMessage());
      return;
    }
    if (copy == null) {
      Answer.text(response, HttpServletResponse.SC_NOT_FOUND, NOTHING);
      return;
    }
    try {
      describe(response);
      Files.copy(copy, response.getOutputStream());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Says what a GET would, and makes no copy for that. */
  @Override
  protected void doHead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Hindsight hindsight = routes.current();
    if (hindsight == null) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      return;
    }
    try {
      Captures captures = hindsight.captures();
      if (captures.holds(Answer.range(request, captures))) {
        describe(response);
        // or it would be said to be empty
        response.flushBuffer();
      } else {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      }
    } catch (IllegalArgumentException e) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    } catch (IOException e) {
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private static void describe(HttpServletResponse response) {
    response.setContentType("application/octet-stream");
    response.setHeader("Content-Disposition", "attachment; filename=\"dump.rez\"");
  }
}
