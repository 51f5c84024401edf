package io.rezolus.core.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.ZstdInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class CompressingOutputStreamTest {
  private final Map<String, Object> headers = new HashMap<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private byte[] send(ContentCoding coding, int length) throws Exception {
    byte[] body = new byte[length];
    try (CompressingOutputStream out = new CompressingOutputStream(response(), coding)) {
      for (int i = 0; i < length; i++) {
        body[i] = (byte) i;
        out.write(body[i]);
      }
    }
    return body;
  }

  @Test
  void sends_a_small_body_as_it_is() throws Exception {
    byte[] body = send(ContentCoding.GZIP, 31);
    assertArrayEquals(body, sent.toByteArray());
    assertEquals(Map.of("Content-Length", 31), headers);
  }

  @Test
  void compresses_with_gzip() throws Exception {
    byte[] body = send(ContentCoding.GZIP, 32);
    assertEquals(Map.of("Content-Encoding", "gzip"), headers);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
      assertArrayEquals(body, in.readAllBytes());
    }
  }

  @Test
  void compresses_with_zstd() throws Exception {
    byte[] body = send(ContentCoding.ZSTD, 100_000);
    assertEquals(Map.of("Content-Encoding", "zstd"), headers);
    try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
      assertArrayEquals(body, in.readAllBytes());
    }
  }

  @Test
  void leaves_a_body_alone_that_is_encoded_already() throws Exception {
    headers.put("Content-Encoding", "br");
    assertArrayEquals(send(ContentCoding.ZSTD, 1000), sent.toByteArray());
  }

  @Test
  void leaves_images_alone() throws Exception {
    headers.put("Content-Type", "image/png");
    assertArrayEquals(send(ContentCoding.ZSTD, 1000), sent.toByteArray());
  }

  /** The part of a response that a body deals with: headers and bytes. */
  private HttpServletResponse response() {
    ServletOutputStream raw =
        new ServletOutputStream() {
          @Override
          public void write(int b) {
            sent.write(b);
          }

          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
          }
        };
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getOutputStream" -> raw;
                  case "getContentType" -> headers.get("Content-Type");
                  case "containsHeader" -> headers.containsKey(arguments[0]);
                  case "setHeader" -> headers.put((String) arguments[0], arguments[1]);
                  case "setContentLength" -> headers.put("Content-Length", arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
