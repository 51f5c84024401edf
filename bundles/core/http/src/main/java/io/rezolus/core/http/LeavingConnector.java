package io.rezolus.core.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the listening of a connector while its connections go on. */
final class LeavingConnector {
  private static final Logger LOG = LoggerFactory.getLogger(LeavingConnector.class);
  private static final long CLOSE_MILLIS = 1000;

  private final Connector connector;

  LeavingConnector(Connector connector) {
    this.connector = connector;
  }

  /** Returns once nobody can connect any more. */
  void stopListening() throws InterruptedException {
    if (!(connector instanceof ServerConnector listening)) {
      return;
    }
    Object socket = listening.getTransport();
    listening.shutdown();
    if (!(socket instanceof Closeable channel)) {
      return;
    }
    try {
      // without threads that accept, the connector leaves that to its stop
      channel.close();
    } catch (IOException e) {
      LOG.debug("the listening socket", e);
    }
    // a selector holds on to a socket until it selects the next time
    for (ManagedSelector selector : listening.getContainedBeans(ManagedSelector.class)) {
      CountDownLatch selected = new CountDownLatch(1);
      selector.submit(keys -> selected.countDown());
      selected.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether somebody has connected and not yet asked anything. */
  boolean isAwaited() {
    return connector != null
        && connector.getConnectedEndPoints().stream()
            .map(endpoint -> endpoint.getConnection())
            .anyMatch(connection -> connection != null && connection.getMessagesIn() == 0);
  }
}
