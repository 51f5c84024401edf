package io.rezolus.outputs.snapshot;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.machine.SystemInfo;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /systeminfo}: the hardware this agent runs on, read anew at each request. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/systeminfo")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class SystemInfoServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Body.json(new SystemInfo(Path.of("/"))::write).send(response);
  }
}
