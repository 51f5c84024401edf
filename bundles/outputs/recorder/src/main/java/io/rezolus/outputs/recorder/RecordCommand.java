package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.command.Subcommand;
import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.command.DurationConverter;
import io.rezolus.libs.command.StopSignals;
import io.rezolus.libs.command.StopSwitch;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus record}: samples agents and Prometheus endpoints into files. */
@Component(service = Subcommand.class)
@Command(
    name = "record",
    description = "Records agents and Prometheus endpoints, until stopped or for a duration.",
    customSynopsis = "rezolus record [OPTIONS] [-- COMMAND ARGS...]",
    footer = {
      "",
      "Name what to record in one of three ways: --url for one endpoint, --endpoint once for each",
      "of several, or --config for a file that lists them. Without any, it is the agent of this",
      "machine. What an endpoint speaks is found out by asking it.",
      "",
      "With a command after --, records from its start to its end and exits with its status;",
      "--duration then is the time after which it is killed (status 124).",
      "",
      "parquet (the default) and raw appear when the recording ends; their samples are kept in",
      "FILE.spool until then, and \"rezolus recording convert FILE.spool\" makes a recording of",
      "what a killed one left. An archive (.rez) can be read at any moment and survives a kill.",
      "",
      "Examples:",
      "  rezolus record --duration 5m -o before.parquet",
      "  rezolus record --interval 50ms -o burst.rez -- ./benchmark",
      "  rezolus record --endpoint web1:4241,source=rezolus --endpoint web1:9100,source=node"
    })
public final class RecordCommand implements Subcommand {
  private static final String DEFAULT_URL = "http://localhost:4241";
  private static final Path DEFAULT_OUTPUT = Path.of("rezolus.parquet");
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The one endpoint, as URL or host:port (default " + DEFAULT_URL + ").")
  private String url;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write (default rezolus.parquet).")
  private Path output;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "TOML file with [recording] (output, interval, format, separate) and one or"
              + " more [[endpoints]] (url, source, role, protocol).")
  private Path config;

  @Option(
      names = "--endpoint",
      paramLabel = "SPEC",
      description =
          "URL[,source=NAME][,role=LABEL][,protocol=msgpack|prometheus]; may be" + " repeated.")
  private List<String> endpoints = new ArrayList<>();

  @Option(names = "--separate", description = "One file for each endpoint, named FILE_SOURCE.")
  private boolean separate;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Time between samples (default 1s).")
  private Duration interval;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to record (default: until stopped).")
  private Duration duration;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      description = "parquet, raw or rez (default parquet; rez for an output named *.rez).")
  private String format;

  @Option(
      names = {"-m", "--metadata"},
      paramLabel = "KEY=VALUE",
      description = "File-level metadata; may be repeated.")
  private List<String> metadata = new ArrayList<>();

  @Option(
      names = {"-l", "--label"},
      paramLabel = "KEY=VALUE",
      description = "Label of the recording in a .rez archive; may be repeated.")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--node", paramLabel = "NAME", description = "Name of the machine.")
  private String node;

  @Option(names = "--instance", paramLabel = "NAME", description = "Which of several services.")
  private String instance;

  @Parameters(hidden = true)
  private List<String> words = List.of();

  private final PrintStream messages;
  private final StopSwitch stop;

  public RecordCommand() {
    this(System.err, new StopSwitch());
  }

  RecordCommand(PrintStream messages, StopSwitch stop) {
    this.messages = messages;
    this.stop = stop;
  }

  @Override
  public Integer call() throws CommandException {
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    int dashes = arguments.indexOf("--");
    List<String> command = dashes < 0 ? List.of() : arguments.subList(dashes + 1, arguments.size());
    if (dashes >= 0 && command.isEmpty()) {
      throw usage("a command is missing after --");
    }
    deprecated(words.subList(0, words.size() - command.size()));
    requireOneWay();
    RecordingFileConfig file = config == null ? null : RecordingFileConfig.read(config);
    if (file != null) {
      file.warnings().forEach(messages::println);
    }
    RecordingPlan plan = plan(file, command);
    List<EndpointSpec> specs = specs(file, plan);
    Admission admission = new Admission(plan, messages);
    admission.requireArchivable(specs);
    Outputs.requireWritable(plan);
    try (StopSignals signals = new StopSignals(stop);
        Feeds feeds = feeds(specs, plan)) {
      feeds.probeAll(plan.probeBound(), plan.sampleBound());
      if (stop.stopped()) {
        throw new CommandException(ExitCode.FAILURE, "stopped before the first sample");
      }
      admission.requireAnswers(feeds);
      return new Recorder(plan, feeds, stop, signals, ProgressLine.none(), messages).run();
    }
  }

  private RecordingPlan plan(RecordingFileConfig file, List<String> command) {
    Path to = output;
    Duration every = interval;
    OutputFormat layout = null;
    if (format != null) {
      try {
        layout = OutputFormat.parse(format);
      } catch (IllegalArgumentException e) {
        throw usage(e.getMessage());
      }
    }
    if (file != null) {
      to = to == null ? file.output() : to;
      every = every == null ? file.interval() : every;
      layout = layout == null ? file.format() : layout;
    }
    to = to == null ? DEFAULT_OUTPUT : to;
    return new RecordingPlan(
        to,
        OutputFormat.of(to, layout == null ? OutputFormat.PARQUET : layout),
        separate || file != null && file.separate(),
        every == null ? DEFAULT_INTERVAL : every,
        duration,
        pairs("--metadata", metadata),
        pairs("--label", labels),
        node,
        instance,
        command);
  }

  private List<EndpointSpec> specs(RecordingFileConfig file, RecordingPlan plan) {
    if (file != null) {
      return file.endpoints();
    }
    try {
      if (!endpoints.isEmpty()) {
        return endpoints.stream().map(EndpointSpec::parse).toList();
      }
      EndpointSpec only = EndpointSpec.parse((url == null ? DEFAULT_URL : url).replace(",", "%2C"));
      String name = plan.metadata().get("source");
      return List.of(name == null || name.startsWith("[") ? only : only.withSource(name));
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Map<String, String> pairs(String option, List<String> texts) {
    try {
      return KeyValues.parse(option, texts);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private Feeds feeds(List<EndpointSpec> specs, RecordingPlan plan) {
    List<Feed> feeds = new ArrayList<>();
    for (EndpointSpec each : specs) {
      BoundedGet http = new BoundedGet();
      stop.onStop(http::cancel);
      feeds.add(Feed.of(each, new SourceProbe(each, http, plan.sampleBound())));
    }
    return new Feeds(feeds, stop::wake);
  }

  private void requireOneWay() {
    int ways = (url == null ? 0 : 1) + (config == null ? 0 : 1) + (endpoints.isEmpty() ? 0 : 1);
    if (ways > 1) {
      throw usage("--url, --endpoint and --config exclude each other");
    }
  }

  private void deprecated(List<String> positional) {
    if (positional.size() > 2) {
      throw usage(positional.get(2) + ": unexpected; a command to run goes after --");
    }
    if (positional.size() > 0) {
      if (url != null) {
        throw usage("the URL is given twice, as an argument and with --url");
      }
      url = positional.get(0);
      messages.println("the URL as an argument is deprecated; use --url " + url);
    }
    if (positional.size() > 1) {
      if (output != null) {
        throw usage("the output is given twice, as an argument and with --output");
      }
      output = Path.of(positional.get(1));
      messages.println("the output as an argument is deprecated; use --output " + output);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
