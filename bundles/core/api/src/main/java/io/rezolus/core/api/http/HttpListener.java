package io.rezolus.core.api.http;

import java.io.IOException;

/**
 * Where this process answers HTTP, as a service. A mode that serves nothing unless it is told to
 * listens nowhere until a command asks for it here.
 */
public interface HttpListener {
  /**
   * Listens at an address, instead of any before, and returns once a route answers there. Requests
   * that come before all routes are there wait for them. The address before is left only when the
   * new one can be had; requests under way are answered.
   *
   * @param route path of a route that answers GET
   * @return the address, with the port that was found where it was 0
   * @throws IOException when nothing can listen there; the message says why and not where
   */
  ListenAddress listen(ListenAddress address, String route) throws IOException;
}
