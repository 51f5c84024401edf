package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.capture.Capture;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** All routes on the server of the distribution. */
final class ApiServer implements AutoCloseable {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client = HttpClient.newHttpClient();
  final Captures captures = new Captures();
  final QueryRunner runner;

  ApiServer(QueryLimits limits, Capture... loaded) throws Exception {
    runner = new QueryRunner(limits);
    for (Capture capture : loaded) {
      captures.addCapture(capture);
    }
    connector.setHost("127.0.0.1");
    // clients of these tests may be slow, and what the kernel holds for them differs by machine
    connector.setIdleTimeout(600_000);
    connector.setAcceptedSendBufferSize(1 << 16);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    add(context, "/api/v1/query", new QueryServlet(captures, runner));
    add(context, "/api/v1/query_range", new QueryRangeServlet(captures, runner));
    add(context, "/api/v1/query_batch", new QueryBatchServlet(captures, runner));
    add(context, "/api/v1/series", new SeriesServlet(captures));
    add(context, "/api/v1/labels", new LabelsServlet(captures));
    add(context, "/api/v1/label/*", new LabelValuesServlet(captures));
    add(context, "/api/v1/metadata", new MetadataServlet(captures));
    add(context, "/api/v1/capture", new CaptureServlet(captures));
    add(context, "/api/v1/format_query", new FormatQueryServlet());
    add(context, "/api/v1/parse_query", new ParseQueryServlet());
    AbsentPartsServlet absent = new AbsentPartsServlet();
    for (String path :
        new String[] {
          "rules",
          "alerts",
          "alertmanagers",
          "targets",
          "targets/metadata",
          "scrape_pools",
          "query_exemplars"
        }) {
      add(context, "/api/v1/" + path, absent);
    }
    add(context, "/-/healthy", new HealthServlet(captures));
    add(context, "/-/ready", new HealthServlet(captures));
    add(context, "/api/v1/status/buildinfo", new BuildInfoServlet("1.2.3"));
    StatusServlet status = new StatusServlet(captures, runner);
    for (String path : new String[] {"config", "flags", "runtimeinfo", "walreplay"}) {
      add(context, "/api/v1/status/" + path, status);
    }
    add(context, "/api/v1/status/tsdb", new TsdbServlet(captures));
    server.setHandler(context);
    server.start();
  }

  private static void add(ServletContextHandler context, String path, Servlet servlet) {
    context.addServlet(new ServletHolder(servlet), path);
  }

  int port() {
    return connector.getLocalPort();
  }

  URI uri(String path, String... parameters) {
    return URI.create("http://127.0.0.1:" + port() + path + "?" + form(parameters));
  }

  static String form(String... parameters) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(URLEncoder.encode(parameters[i], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Status and body of a GET. */
  String get(String path, String... parameters) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(uri(path, parameters)));
    return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
  }

  String post(String path, String type, String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        send(
            HttpRequest.newBuilder(uri(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
