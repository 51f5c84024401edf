package io.rezolus.outputs.snapshot;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import io.rezolus.libs.wire.JsonSnapshotWriter;
import io.rezolus.libs.wire.SnapshotFormat;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /metrics/json}: the current snapshot as JSON. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/metrics/json")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class JsonServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient SnapshotBody snapshot;

  @Activate
  public JsonServlet(@Reference SnapshotSource source, @Reference ConfiguredFormat format) {
    snapshot = new SnapshotBody(source, format::current, JsonServlet::encoder);
  }

  private static Function<Snapshot, Body> encoder(SnapshotFormat format) {
    JsonSnapshotWriter writer = new JsonSnapshotWriter(format);
    return snapshot -> encode(writer, snapshot);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    snapshot.current().send(response);
  }

  private static Body encode(JsonSnapshotWriter writer, Snapshot snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      writer.write(snapshot, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return new Body(Body.JSON, bytes.toByteArray());
  }
}
