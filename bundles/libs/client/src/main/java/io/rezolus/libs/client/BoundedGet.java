package io.rezolus.libs.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP GET that ends in time whatever the other side does, and at once when cancelled. The request
 * runs in a thread of its own, which is left behind where it hangs and ends by its timeouts.
 */
public final class BoundedGet {
  private static final int BODY_MAX = 64 << 20;

  private volatile FutureTask<byte[]> current;
  private volatile boolean cancelled;

  /**
   * Fetches a body.
   *
   * @throws IOException on anything but a 2xx answer within {@code bound}; the message names the
   *     cause and not the URL
   */
  public byte[] get(URI uri, Duration bound) throws IOException {
    FutureTask<byte[]> task = new FutureTask<>(() -> fetch(uri, (int) bound.toMillis()));
    current = task;
    if (cancelled) {
      throw new IOException("cancelled");
    }
    Thread thread = new Thread(task, "rezolus-get");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new IOException("no answer within " + bound.toMillis() + " ms", e);
    } catch (CancellationException e) {
      throw new IOException("cancelled", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectException) {
        throw new ConnectException("connection refused");
      }
      String reason = e.getCause().getMessage();
      throw new IOException(reason == null ? e.getCause().toString() : reason, e.getCause());
    }
  }

  /** Ends the request under way and refuses all later ones. */
  public void cancel() {
    cancelled = true;
    FutureTask<byte[]> task = current;
    if (task != null) {
      task.cancel(true);
    }
  }

  public boolean cancelled() {
    return cancelled;
  }

  private static byte[] fetch(URI uri, int boundMillis) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(boundMillis);
    connection.setReadTimeout(boundMillis);
    connection.setUseCaches(false);
    int status = connection.getResponseCode();
    if (status / 100 != 2) {
      connection.disconnect();
      throw new IOException("HTTP status " + status);
    }
    try (InputStream in = connection.getInputStream()) {
      ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 15);
      byte[] part = new byte[1 << 14];
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        if (body.size() + n > BODY_MAX || Thread.currentThread().isInterrupted()) {
          connection.disconnect();
          throw new IOException("answer is larger than " + BODY_MAX + " bytes");
        }
        body.write(part, 0, n);
      }
      return body.toByteArray();
    }
  }
}
