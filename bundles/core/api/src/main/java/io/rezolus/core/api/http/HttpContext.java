package io.rezolus.core.api.http;

/**
 * The servlet context of this process's HTTP service. A route is a {@code jakarta.servlet.Servlet}
 * registered by the bundle it belongs to, selected into this context:
 *
 * <pre>{@code
 * @Component(service = Servlet.class)
 * @HttpWhiteboardServletPattern("/status")
 * @HttpWhiteboardContextSelect(HttpContext.SELECT)
 * }</pre>
 *
 * <p>The context negotiates response compression, checks {@code Host} and {@code Origin} where a
 * request could change something, and answers unknown paths and methods.
 */
public final class HttpContext {
  public static final String NAME = "rezolus";
  public static final String SELECT = "(osgi.http.whiteboard.context.name=" + NAME + ")";

  private HttpContext() {}
}
