package io.rezolus.core.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/** A response whose body is compressed as negotiated and whose errors have an empty body. */
final class RezolusResponse extends HttpServletResponseWrapper {
  private final HttpServletResponse response;
  private final ContentCoding coding;
  private CompressingOutputStream body;
  private PrintWriter writer;

  RezolusResponse(HttpServletResponse response, ContentCoding coding) {
    super(response);
    this.response = response;
    this.coding = coding;
  }

  @Override
  public void sendError(int status) {
    if (status == SC_METHOD_NOT_ALLOWED && !containsHeader("Allow")) {
      setHeader("Allow", "GET,HEAD");
    }
    body = null;
    writer = null;
    response.resetBuffer();
    response.setHeader("Content-Encoding", null);
    response.setStatus(status);
    response.setContentLength(0);
  }

  /** The text is for a person at a page that is not sent. */
  @Override
  public void sendError(int status, String text) {
    sendError(status);
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (coding == ContentCoding.IDENTITY) {
      return super.getOutputStream();
    }
    if (body == null) {
      body = new CompressingOutputStream(response, coding);
    }
    return body;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (coding == ContentCoding.IDENTITY) {
      return super.getWriter();
    }
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), getCharacterEncoding()));
    }
    return writer;
  }

  @Override
  public void setContentLength(int length) {
    setContentLengthLong(length);
  }

  /** The length before compression says nothing about what is sent. */
  @Override
  public void setContentLengthLong(long length) {
    if (coding == ContentCoding.IDENTITY) {
      super.setContentLengthLong(length);
    }
  }

  /** Sends what was held back. */
  void finish() throws IOException {
    if (writer != null) {
      writer.close();
    } else if (body != null) {
      body.close();
    }
  }
}
