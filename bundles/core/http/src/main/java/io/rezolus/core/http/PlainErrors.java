package io.rezolus.core.http;

import jakarta.servlet.ServletRequest;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what the server refuses before any route sees it: one line of text that says why. */
final class PlainErrors extends ErrorHandler {
  /**
   * Makes it the error answers of the server that a request has come to, which the HTTP service
   * hands out in no other way.
   */
  void install(ServletRequest request) {
    ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(request);
    jetty.getConnectionMetaData().getConnector().getServer().setErrorHandler(this);
    jetty.getServletContext().getServletContextHandler().setErrorHandler(this);
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    String meaning = HttpStatus.getMessage(status);
    StringBuilder line = new StringBuilder().append(status).append(' ').append(meaning);
    if (message != null && !message.equals(meaning) && status < 500) {
      line.append(": ").append(message);
    }
    String text = line.append('\n').toString();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_LENGTH, text.getBytes(StandardCharsets.UTF_8).length);
    Content.Sink.write(response, true, text, callback);
  }
}
