package io.rezolus.libs.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;

/** One HTTP GET, which ends when it is interrupted and abandoned. */
final class Fetch implements Callable<byte[]> {
  private final URI uri;
  private final Duration bound;
  private final int bodyMax;
  private volatile HttpURLConnection connection;

  /**
   * @param bound how long the other side may be silent
   * @param bodyMax bytes the answer may have
   */
  Fetch(URI uri, Duration bound, int bodyMax) {
    this.uri = uri;
    this.bound = bound;
    this.bodyMax = bodyMax;
  }

  /**
   * The body of the answer.
   *
   * @throws IOException on anything but a whole 2xx answer
   */
  @Override
  public byte[] call() throws IOException {
    HttpURLConnection asked = (HttpURLConnection) uri.toURL().openConnection();
    connection = asked;
    asked.setConnectTimeout((int) bound.toMillis());
    asked.setReadTimeout((int) bound.toMillis());
    asked.setUseCaches(false);
    int status = asked.getResponseCode();
    if (status == -1) {
      asked.disconnect();
      throw new IOException("answers, but not with HTTP");
    }
    if (status / 100 != 2) {
      asked.disconnect();
      throw new IOException("HTTP status " + status);
    }
    try (InputStream in = asked.getInputStream()) {
      return body(in, asked);
    }
  }

  private byte[] body(InputStream in, HttpURLConnection asked) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 15);
    byte[] part = new byte[1 << 14];
    for (int n = in.read(part); n >= 0; n = in.read(part)) {
      if (Thread.currentThread().isInterrupted()) {
        asked.disconnect();
        throw new IOException("cancelled");
      }
      if (body.size() + n > bodyMax) {
        asked.disconnect();
        throw new IOException("answer is larger than " + bodyMax + " bytes");
      }
      body.write(part, 0, n);
    }
    if (body.size() < asked.getContentLengthLong()) {
      throw new IOException(Trouble.CUT_OFF);
    }
    return body.toByteArray();
  }

  /**
   * Closes the connection, for whoever no longer waits for the answer: an interrupt does not end a
   * read, and a header that goes on and on is never silent for long.
   */
  void abandon() {
    HttpURLConnection asked = connection;
    if (asked != null) {
      // in a thread of its own, as it waits for a read of the body that is under way
      Thread thread = new Thread(asked::disconnect, "rezolus-get-end");
      thread.setDaemon(true);
      thread.start();
    }
  }
}
