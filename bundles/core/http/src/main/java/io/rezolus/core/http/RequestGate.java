package io.rezolus.core.http;

import java.util.concurrent.TimeUnit;
import org.apache.felix.http.jetty.LoadBalancerCustomizerFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees every request before the HTTP service does. The service listens before it has its routes and
 * loses them before it stops listening; what comes in between would be answered "not found". So
 * requests wait until the gate is opened, and when it is shut, the listening socket goes first and
 * the requests under way are answered. The launcher runs it, as a service with the property {@code
 * rezolus.stop}, before it stops the framework; where somebody else does, it learns of it itself,
 * maybe after others.
 */
@Component(
    service = {RequestGate.class, LoadBalancerCustomizerFactory.class, Runnable.class},
    // above the HTTP service's own, which would believe what requests say of their origin
    property = {"rezolus.stop=first", "service.ranking:Integer=1000"})
public final class RequestGate
    implements LoadBalancerCustomizerFactory,
        HttpConfiguration.Customizer,
        SynchronousBundleListener,
        Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RequestGate.class);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** A stop is not held up for long by an answer that takes its time. */
  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** From a connection to its first request. */
  private static final long FIRST_REQUEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long POLL_MILLIS = 5;

  private final BundleContext context;

  /** Known since its first request; each start of the HTTP service has its own. */
  private Connector connector;

  /** The last one that the gate was shut for. */
  private Connector left;

  private boolean open;

  /** No request is let in any more, as the routes are about to go. */
  private boolean shut;

  private boolean stopping;
  private int running;

  @Activate
  public RequestGate(BundleContext context) {
    this.context = context;
    context.addBundleListener(this);
  }

  @Deactivate
  void deactivate() {
    context.removeBundleListener(this);
    open(); // without a gate, requests are on their own
  }

  @Override
  public HttpConfiguration.Customizer createCustomizer() {
    return this;
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING
        && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
      run();
    }
  }

  /** Shuts it for good. */
  @Override
  public void run() {
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
    }
    shut();
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    if (enter(request.getConnectionMetaData().getConnector(), responseHeaders)) {
      Request.addCompletionListener(request, failure -> leave());
    } else {
      // as if it had come a moment later, on a connection that had been idle
      request.getConnectionMetaData().getConnection().getEndPoint().close();
    }
    return request;
  }

  private synchronized boolean enter(Connector through, HttpFields.Mutable responseHeaders) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    try {
      while (!open && !stopping && through != left && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the HTTP service stops
      return false;
    }
    if (stopping || through == left) {
      if (shut) {
        return false;
      }
      responseHeaders.put(HttpHeader.CONNECTION, "close");
    } else {
      connector = through;
    }
    running++;
    return true;
  }

  private synchronized void leave() {
    running--;
    notifyAll();
  }

  /** Lets in the requests that wait and all that come. */
  synchronized void open() {
    if (!stopping) {
      open = true;
      notifyAll();
    }
  }

  /** Stops listening and returns once what was let in is answered, or takes too long. */
  void shut() {
    LeavingConnector leaving;
    synchronized (this) {
      // who waits at a gate that was never opened is not let in now
      shut = !open;
      open = false;
      left = connector;
      connector = null;
      leaving = new LeavingConnector(left);
      notifyAll();
    }
    try {
      leaving.stopListening();
      awaitAnswers(leaving);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void awaitAnswers(LeavingConnector leaving) throws InterruptedException {
    try {
      long start = System.nanoTime();
      for (long waited = 0; waited < LEAVE_NANOS; waited = System.nanoTime() - start) {
        boolean awaited = waited < FIRST_REQUEST_NANOS && leaving.isAwaited();
        if (running == 0 && !awaited) {
          return;
        }
        wait(POLL_MILLIS);
      }
      LOG.debug("{} requests are cut off", running);
    } finally {
      shut = true;
    }
  }
}
