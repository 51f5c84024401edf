package io.rezolus.outputs.snapshot;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** {@code /metrics/binary}: the current snapshot as msgpack. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/metrics/binary")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class BinaryServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient SnapshotBody snapshot;

  @Activate
  public BinaryServlet(@Reference SnapshotSource source, @Reference ConfiguredFormat format) {
    snapshot = new SnapshotBody(source, format::current, BinaryServlet::encoder);
  }

  private static Function<Snapshot, Body> encoder(SnapshotFormat format) {
    SnapshotEncoder encoder = SnapshotEncoder.of(format);
    MsgpackBuffer buffer = new MsgpackBuffer();
    return snapshot -> {
      buffer.clear();
      encoder.encode(snapshot, buffer);
      return new Body(Body.MSGPACK, buffer.toByteArray());
    };
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    snapshot.current().send(response);
  }
}
