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

/** {@code GET /}: what this is and what it answers. */
@Component(
    service = Servlet.class,
    // the root itself; the annotation for patterns would lose the empty string
    property = "osgi.http.whiteboard.servlet.pattern=")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class RootServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Routes routes;

  @Activate
  public RootServlet(@Reference Routes routes) {
    this.routes = routes;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answer.text(
        response,
        HttpServletResponse.SC_OK,
        "Rezolus Hindsight"
            + (routes.current() == null ? " (not running)" : "")
            + "\n\nGET  /status     what is kept\nGET  /dump       a copy as .rez archive\n"
            + "POST /dump/file  a copy at the configured output\n\n"
            + "Both copies take last=5m, or start= and end= (seconds since 1970 or RFC 3339).");
  }
}
