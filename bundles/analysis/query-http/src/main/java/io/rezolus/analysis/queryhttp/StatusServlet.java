package io.rezolus.analysis.queryhttp;

import io.rezolus.core.api.http.HttpContext;
import io.rezolus.libs.query.json.Answer;
import io.rezolus.libs.query.json.JsonBytes;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * How this process is set up and how it does, in the shapes of Prometheus: {@code config} lists
 * what is loaded, {@code flags} the limits, {@code runtimeinfo} the process. A log that would have
 * to be replayed there is none.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({
  StatusServlet.CONFIG,
  StatusServlet.FLAGS,
  StatusServlet.RUNTIME,
  StatusServlet.REPLAY
})
@HttpWhiteboardContextSelect(HttpContext.SELECT)
public final class StatusServlet extends ApiServlet {
  static final String CONFIG = "/api/v1/status/config";
  static final String FLAGS = "/api/v1/status/flags";
  static final String RUNTIME = "/api/v1/status/runtimeinfo";
  static final String REPLAY = "/api/v1/status/walreplay";

  private static final long serialVersionUID = 1L;

  private final transient Captures captures;
  private final transient QueryRunner runner;

  @Activate
  public StatusServlet(@Reference Captures captures, @Reference QueryRunner runner) {
    this.captures = captures;
    this.runner = runner;
  }

  @Override
  void answer(Parameters parameters, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answer.Data data =
        switch (request.getServletPath()) {
          case CONFIG -> this::config;
          case FLAGS -> this::flags;
          case RUNTIME -> StatusServlet::runtime;
          default -> json -> json.raw("{\"min\":0,\"max\":0,\"current\":0}");
        };
    JsonBytes json = json(response);
    Answer.success(json, data);
    json.flush();
  }

  private void config(JsonBytes json) throws IOException {
    StringBuilder yaml = new StringBuilder();
    captures
        .known()
        .forEach(
            capture -> {
              yaml.append(yaml.isEmpty() ? "captures:\n" : "");
              yaml.append("  - id: ").append(quoted(capture.id()));
              yaml.append("\n    origin: ").append(quoted(capture.origin()));
              if (capture.alias() != null) {
                yaml.append("\n    alias: ").append(quoted(capture.alias()));
              }
              yaml.append("\n    live: ").append(capture.live()).append('\n');
            });
    json.raw("{\"yaml\":").string(yaml.isEmpty() ? "captures: []\n" : yaml.toString()).raw('}');
  }

  /** Text in single quotes means itself in YAML; line ends would be folded. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replaceAll("\\p{Cntrl}", " ") + "'";
  }

  private void flags(JsonBytes json) throws IOException {
    QueryLimits limits = runner.limits();
    TreeMap<String, String> flags = new TreeMap<>();
    flags.put("query.lookback-delta", "5m");
    flags.put("query.max-concurrency", Integer.toString(limits.concurrent()));
    flags.put("query.max-samples", Long.toString(limits.samples()));
    flags.put("query.max-points-per-series", Integer.toString(limits.pointsPerSeries()));
    flags.put("query.max-series", Integer.toString(limits.series()));
    flags.put("query.max-answer-bytes", Long.toString(limits.bytes()));
    flags.put("query.timeout", limits.timeoutNanos() / 1_000_000_000L + "s");
    String separator = "{";
    for (var flag : flags.entrySet()) {
      json.raw(separator).string(flag.getKey()).raw(':').string(flag.getValue());
      separator = ",";
    }
    json.raw('}');
  }

  private static void runtime(JsonBytes json) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    String since = Instant.ofEpochMilli(start).toString();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    json.raw("{\"startTime\":").string(since);
    json.raw(",\"CWD\":").string(System.getProperty("user.dir"));
    json.raw(",\"serverTime\":").string(now.toString());
    json.raw(",\"reloadConfigSuccess\":true,\"lastConfigTime\":").string(since);
    json.raw(",\"corruptionCount\":0,\"goroutineCount\":");
    json.number((long) ManagementFactory.getThreadMXBean().getThreadCount());
    json.raw(",\"GOMAXPROCS\":").number((long) runtime.availableProcessors());
    json.raw(",\"GOMEMLIMIT\":").number(runtime.maxMemory());
    json.raw(",\"GOGC\":\"\",\"GODEBUG\":\"\",\"storageRetention\":\"\"}");
  }
}
