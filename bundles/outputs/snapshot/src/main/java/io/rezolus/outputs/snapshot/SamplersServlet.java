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

/** {@code /samplers}: the state of every sampler, sorted by name. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/samplers")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class SamplersServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient SamplerInventory inventory;

  @Activate
  public SamplersServlet(@Reference SamplerInventory inventory) {
    this.inventory = inventory;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Body.json(json -> StatusDocument.samplers(json, inventory.samplers())).send(response);
  }
}
