package io.rezolus.core.http;

import io.rezolus.core.api.http.HttpContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.context.ServletContextHelper;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContext;

/** The context all routes of this process live in, at the root of its HTTP service. */
@Component(service = ServletContextHelper.class)
@HttpWhiteboardContext(name = HttpContext.NAME, path = "/")
public final class RezolusServletContext extends ServletContextHelper {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final RequestGuard guard;

  @Activate
  public RezolusServletContext() {
    guard = new RequestGuard(hostName());
  }

  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      return "localhost"; // without /proc, addresses do
    }
  }

  @Override
  public boolean handleSecurity(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String refusal =
        guard.refusal(
            request.getMethod(),
            request.getLocalAddr(),
            request.getHeader("Host"),
            request.getHeader("Origin"));
    if (refusal == null) {
      return true;
    }
    byte[] body = (refusal + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentType("text/plain; charset=utf-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    return false;
  }

  /** Nothing in a bundle is served as it is. */
  @Override
  public URL getResource(String name) {
    return null;
  }
}
