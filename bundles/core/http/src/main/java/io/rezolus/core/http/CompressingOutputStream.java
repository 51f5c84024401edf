package io.rezolus.core.http;

import com.github.luben.zstd.ZstdOutputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A response body that is compressed once it turns out to be worth it: a body of less than 32 bytes
 * goes out as it is.
 */
final class CompressingOutputStream extends ServletOutputStream {
  private static final int SMALLEST = 32;
  // fast settings: a scrape's body is used once, seconds are not to be spent on it
  private static final int ZSTD_LEVEL = 1;

  private final HttpServletResponse response;
  private final ContentCoding coding;
  private final byte[] held = new byte[SMALLEST];
  private int heldSize;
  private OutputStream body;

  CompressingOutputStream(HttpServletResponse response, ContentCoding coding) {
    this.response = response;
    this.coding = coding;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (body == null && heldSize + length < SMALLEST) {
      System.arraycopy(bytes, offset, held, heldSize, length);
      heldSize += length;
      return;
    }
    open();
    body.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    if (body != null) {
      body.flush();
    }
  }

  /** Sends what is left. */
  @Override
  public void close() throws IOException {
    if (body == null) {
      // a response to HEAD has no body and must not contradict the length it announces
      if (heldSize > 0) {
        response.setContentLength(heldSize);
      }
      body = response.getOutputStream();
      body.write(held, 0, heldSize);
    }
    body.close();
  }

  private void open() throws IOException {
    if (body != null) {
      return;
    }
    if (isCompressible()) {
      response.setHeader("Content-Encoding", coding.token());
      OutputStream raw = response.getOutputStream();
      body =
          coding == ContentCoding.ZSTD
              ? new ZstdOutputStream(raw, ZSTD_LEVEL)
              : new GZIPOutputStream(raw, 8192);
    } else {
      body = response.getOutputStream();
    }
    body.write(held, 0, heldSize);
  }

  private boolean isCompressible() {
    String type = response.getContentType();
    return !response.containsHeader("Content-Encoding")
        && (type == null || !type.startsWith("image/") && !type.startsWith("text/event-stream"));
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    throw new IllegalStateException("responses are written synchronously");
  }
}
