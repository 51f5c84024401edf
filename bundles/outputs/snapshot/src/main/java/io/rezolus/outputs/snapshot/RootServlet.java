package io.rezolus.outputs.snapshot;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.core.api.snapshot.SamplerInventory;
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

/** {@code /}: says in words who answers; clients read the version from the first line. */
@Component(
    service = Servlet.class,
    // the root itself; the annotation for patterns would lose the empty string
    property = "osgi.http.whiteboard.servlet.pattern=")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class RootServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient SamplerInventory inventory;

  @Activate
  public RootServlet(@Reference SamplerInventory inventory) {
    this.inventory = inventory;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String text =
        "Rezolus " + inventory.version() + " Agent\nFor information, see: https://rezolus.com\n";
    new Body(Body.TEXT, text.getBytes(StandardCharsets.UTF_8)).send(response);
  }
}
