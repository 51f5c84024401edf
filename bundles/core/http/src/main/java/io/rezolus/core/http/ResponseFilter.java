package io.rezolus.core.http;

import com.github.luben.zstd.Zstd;
import io.rezolus.core.api.http.HttpContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all routes have in common: compression, empty error bodies, and a log line rather than a
 * page for a route that fails.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class ResponseFilter implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(ResponseFilter.class);

  private final PlainErrors errors = new PlainErrors();
  private final boolean zstd;
  private volatile boolean errorsInstalled;

  @Activate
  public ResponseFilter() {
    zstd = isZstdUsable();
  }

  /** Called again for each server, of which there is another one where the address changes. */
  @Override
  public void init(FilterConfig config) {
    errorsInstalled = false;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException {
    if (!errorsInstalled) {
      // with the first request, as nothing else leads to the server
      errors.install(request);
      errorsInstalled = true;
    }
    HttpServletRequest http = (HttpServletRequest) request;
    ContentCoding coding =
        ContentCoding.negotiate(
            String.join(",", Collections.list(http.getHeaders("Accept-Encoding"))));
    if (coding == ContentCoding.ZSTD && !zstd) {
      coding = ContentCoding.IDENTITY;
    }
    HttpServletResponse plain = (HttpServletResponse) response;
    RezolusResponse negotiated = new RezolusResponse(plain, coding);
    negotiated.setHeader("Vary", "accept-encoding");
    try {
      switch (http.getMethod()) {
        case "GET", "HEAD", "POST" -> chain.doFilter(request, negotiated);
        default -> negotiated.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
      }
      negotiated.finish();
    } catch (ServletException | RuntimeException e) {
      LOG.error("{} {} failed", http.getMethod(), http.getRequestURI(), e);
      if (plain.isCommitted()) {
        // ends the connection, so that a body cut short does not look complete
        throw new IOException("the response could not be completed", e);
      }
      negotiated.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  /** Its native library is unpacked to a temporary directory, which may not allow code. */
  private static boolean isZstdUsable() {
    try {
      return Zstd.maxCompressionLevel() > 0;
    } catch (LinkageError e) {
      LOG.warn("no zstd compression of responses: {}", e.getMessage());
      return false;
    }
  }
}
