package io.rezolus.analysis.viewer;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.command.Subcommand;
import io.rezolus.core.api.http.HttpListener;
import io.rezolus.core.api.http.ListenAddress;
import io.rezolus.libs.command.DurationConverter;
import io.rezolus.libs.command.StopSignals;
import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.query.capture.Capture;
import io.rezolus.libs.query.recording.SampleCache;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus view}: recordings and live agents behind an HTTP interface. */
@Component(service = Subcommand.class)
@Command(
    name = "view",
    description =
        "Serves recordings and live agents over HTTP, with the interface of Prometheus,"
            + " until stopped.",
    footer = {
      "",
      "EXAMPLES",
      "  rezolus view rezolus.parquet",
      "  rezolus view before=a.parquet after=b.parquet --listen 127.0.0.1:8080",
      "  rezolus view http://localhost:4241",
      "  curl 'http://127.0.0.1:8080/api/v1/query?query=cpu_usage'"
    })
public final class ViewCommand implements Subcommand {
  private static final int CACHE_MB = 500;
  private static final long LIVE_BYTES_MAX = 1L << 30;

  private static final String ROUTE = "/api/v1/capture";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "[ALIAS=]FILE_OR_URL",
      description = "Recordings, and agents as http://host:port.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = {"-l", "--listen"},
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1:0",
      description =
          "Address and port to listen on, port 0 for any free (default ${DEFAULT-VALUE}).")
  private String listen;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description = "How much of an agent's past is held (default ${DEFAULT-VALUE}).")
  private Duration window;

  @Option(
      names = "--cache-size-mb",
      paramLabel = "MB",
      description = "Memory for decoded columns (default 500, or what REZOLUS_CACHE_MB says).")
  private Integer cacheMegabytes;

  private final BundleContext context;
  private final HttpListener http;
  private final PrintStream messages;
  private final StopSwitch stop;

  @Activate
  public ViewCommand(BundleContext context, @Reference HttpListener http) {
    this(context, http, System.err, new StopSwitch());
  }

  ViewCommand(BundleContext context, HttpListener http, PrintStream messages, StopSwitch stop) {
    this.context = context;
    this.http = http;
    this.messages = messages;
    this.stop = stop;
  }

  @Override
  public Integer call() throws CommandException {
    ListenAddress address = address();
    long memory = Runtime.getRuntime().maxMemory();
    SampleCache cache = new SampleCache(Math.min((long) cacheSize() << 20, memory / 4));
    List<ServiceRegistration<Capture>> offered = new CopyOnWriteArrayList<>();
    try (StopSignals signals = new StopSignals(stop);
        Inputs open =
            new Inputs(
                cache,
                window,
                Math.min(LIVE_BYTES_MAX, memory / 4),
                capture -> offered.add(registered(capture)))) {
      try {
        for (String input : inputs) {
          open.open(Input.parse(input));
        }
        ListenAddress bound = listen(address);
        messages.println("rezolus view: " + summary(open) + " at http://" + bound + "/");
        messages.flush();
        while (!stop.stopped()) {
          stop.awaitUntil(System.nanoTime() + Duration.ofHours(1).toNanos());
        }
      } finally {
        offered.forEach(ServiceRegistration::unregister);
      }
    }
    return ExitCode.OK;
  }

  private ServiceRegistration<Capture> registered(Capture capture) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("capture.id", capture.id());
    return context.registerService(Capture.class, capture, properties);
  }

  private ListenAddress listen(ListenAddress address) throws CommandException {
    try {
      return http.listen(address, ROUTE);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILURE,
          address
              + ": cannot listen here: "
              + e.getMessage()
              + "; choose another --listen, port 0 for any free",
          e);
    }
  }

  private static String summary(Inputs open) {
    List<String> parts = new ArrayList<>();
    for (Capture capture : open.captures()) {
      int series = capture.source().series(List.of(), Long.MIN_VALUE, Long.MAX_VALUE).size();
      String name = capture.alias() == null ? capture.origin() : capture.alias();
      parts.add(name + " (" + series + " series)");
    }
    return String.join(", ", parts);
  }

  private ListenAddress address() {
    try {
      return ListenAddress.parse(listen);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int cacheSize() {
    if (cacheMegabytes != null) {
      return cacheMegabytes;
    }
    String text = System.getenv("REZOLUS_CACHE_MB");
    try {
      return text == null || text.isEmpty() ? CACHE_MB : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ParameterException(
          spec.commandLine(), "REZOLUS_CACHE_MB is \"" + text + "\", expected a number", e);
    }
  }
}
