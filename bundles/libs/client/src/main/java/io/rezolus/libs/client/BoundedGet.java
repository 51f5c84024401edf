package io.rezolus.libs.client;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP GET that ends in time whatever the other side does, and at once when cancelled. The request
 * runs in a thread of its own, which ends by itself soon after it was given up.
 */
public final class BoundedGet {
  private static final int BODY_MAX = 64 << 20;

  private final int bodyMax;
  private volatile FutureTask<byte[]> current;
  private volatile boolean cancelled;

  /** For answers of up to 64 MiB. */
  public BoundedGet() {
    this(BODY_MAX);
  }

  /**
   * @param bodyMax bytes an answer may have
   */
  public BoundedGet(int bodyMax) {
    this.bodyMax = bodyMax;
  }

  /**
   * Fetches a body.
   *
   * @throws SocketTimeoutException when there is no whole answer within {@code bound}
   * @throws IOException on anything else but a 2xx answer; the message names the cause and not the
   *     URL
   */
  public byte[] get(URI uri, Duration bound) throws IOException {
    Fetch fetch = new Fetch(uri, bound, bodyMax);
    FutureTask<byte[]> task = new FutureTask<>(fetch);
    current = task;
    if (cancelled) {
      throw new IOException("cancelled");
    }
    Thread thread = new Thread(task, "rezolus-get");
    thread.setDaemon(true);
    thread.start();
    boolean ended = false;
    try {
      byte[] body = task.get(bound.toMillis(), TimeUnit.MILLISECONDS);
      ended = true;
      return body;
    } catch (TimeoutException e) {
      throw timeout(bound, e);
    } catch (CancellationException e) {
      throw new IOException("cancelled", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      ended = true;
      if (e.getCause() instanceof SocketTimeoutException) {
        throw timeout(bound, e.getCause());
      }
      throw new IOException(Trouble.of(e.getCause()), e.getCause());
    } finally {
      if (!ended) {
        task.cancel(true);
        fetch.abandon();
      }
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

  private static IOException timeout(Duration bound, Throwable cause) {
    IOException timeout =
        new SocketTimeoutException("no answer within " + bound.toMillis() + " ms");
    timeout.initCause(cause);
    return timeout;
  }
}
