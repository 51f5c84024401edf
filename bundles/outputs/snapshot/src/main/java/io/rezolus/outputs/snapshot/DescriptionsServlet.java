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

/** {@code /metrics/descriptions}: help text by metric name. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/metrics/descriptions")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class DescriptionsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient SamplerInventory inventory;

  @Activate
  public DescriptionsServlet(@Reference SamplerInventory inventory) {
    this.inventory = inventory;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Body.json(json -> StatusDocument.descriptions(json, inventory.descriptions())).send(response);
  }
}
