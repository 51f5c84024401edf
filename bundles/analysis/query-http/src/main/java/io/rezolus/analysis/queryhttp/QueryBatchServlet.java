package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.Annotations;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.SeriesSource;
import io.rezolus.libs.query.capture.Capture;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import io.rezolus.libs.query.json.ResultJson;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * {@code POST /api/v1/query_batch}: many queries over one window, what they share is read once. The
 * answers are lines of JSON, each as soon as it is there and in the shape of a single answer, with
 * the query's {@code id} in front.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/query_batch")
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class QueryBatchServlet extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final String JSON_LINES = "application/x-ndjson";
  private static final int BODY_MAX = 4 << 20;

  private final transient Captures captures;
  private final transient QueryRunner runner;

  @Activate
  public QueryBatchServlet(@Reference Captures captures, @Reference QueryRunner runner) {
    this.captures = captures;
    this.runner = runner;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Allow", "POST");
    response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    super.doGet(request, response);
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    byte[] body = request.getInputStream().readNBytes(BODY_MAX + 1);
    if (body.length > BODY_MAX) {
      throw ApiException.badData("the body is larger than " + BODY_MAX + " bytes");
    }
    BatchRequest batch = BatchRequest.parse(new String(body, StandardCharsets.UTF_8));
    if (batch.display() == null) {
      batch.range().requireAtMost(runner.limits().pointsPerSeries());
    }
    Capture capture = captures.find(batch.capture());
    QueryOptions options =
        runner
            .options(batch.timeoutNanos(), batch.lookbackNanos(), new ClientConnection(request))
            .withBands(batch.bands());
    SharedColumns columns = new SharedColumns(capture.source(), runner.limits().sendingMemory());
    response.setContentType(JSON_LINES);
    JsonBytes json = new JsonBytes(response.getOutputStream());
    for (BatchRequest.Query query : batch.queries()) {
      json.raw("{\"id\":").string(query.id()).raw(",\"answer\":");
      answer(json, query, batch, columns, options);
      json.raw("}\n").flush();
      response.flushBuffer();
      if (options.canceled().getAsBoolean()) {
        return;
      }
    }
  }

  private void answer(
      JsonBytes json,
      BatchRequest.Query query,
      BatchRequest batch,
      SeriesSource source,
      QueryOptions options)
      throws IOException {
    try {
      if (batch.display() == null) {
        try (Held<QueryResult> held = runner.range(source, query.text(), batch.range(), options)) {
          QueryResult found = held.value();
          runner.requireSize(found);
          success(json, found.annotations(), out -> new ResultJson(out).write(found, 0, -1));
        }
      } else {
        Picture picture =
            new Drawing(batch.display(), batch.grid(), false)
                .picture(batch.range(), runner.limits().pictureMemory());
        try (Held<Annotations> held =
            runner.draw(source, query.text(), batch.range(), options, picture)) {
          success(json, held.value(), picture::json);
        }
      }
    } catch (ApiException e) {
      Answer.failure(json, e.type(), e.getMessage());
    }
  }

  private static void success(JsonBytes json, Annotations notes, Answer.Data data)
      throws IOException {
    Answer.success(json, notes.warnings(), notes.infos(), data);
  }
}
