package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes have in common: parameters of GET and POST, errors as JSON, no caching. */
abstract class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

  /** Most bytes that the server sends at a time. */
  private static final int WRITE = 1 << 17;

  /** Answers a request; whatever can fail does so before the first byte of the body. */
  abstract void answer(
      Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    try {
      answer(new Parameters(request), request, response);
    } catch (QueryException e) {
      fail(ApiException.of(e), response);
    } catch (ApiException e) {
      fail(e, response);
    } catch (RuntimeException e) {
      LOG.error("{}", request.getRequestURI(), e);
      if (response.isCommitted()) {
        throw e; // an answer that was begun is cut off, not ended as if it were whole
      }
      response.resetBuffer();
      fail(new ApiException(500, "internal", "the request failed; the log says why"), response);
    }
  }

  private static void fail(ApiException e, HttpServletResponse response) throws IOException {
    response.setStatus(e.status());
    JsonBytes json = json(response);
    Answer.failure(json, e.type(), e.getMessage());
    json.flush();
  }

  /** The same with the parameters in a form. */
  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    doGet(request, response);
  }

  /** The body of an answer in JSON. */
  static JsonBytes json(HttpServletResponse response) throws IOException {
    response.setContentType(Answer.JSON);
    response.setBufferSize(WRITE);
    return new JsonBytes(response.getOutputStream());
  }
}
