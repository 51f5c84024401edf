package io.rezolus.outputs.snapshot;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.core.api.snapshot.SamplerInventory;
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

/** {@code /status}: the agent's vital signs and the state of every sampler. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/status")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class StatusServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient SamplerInventory inventory;

  @Activate
  public StatusServlet(@Reference SamplerInventory inventory) {
    this.inventory = inventory;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Body.json(json -> StatusDocument.status(json, inventory)).send(response);
  }
}
