package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.Subcommand;
import io.rezolus.libs.client.BoundedGet;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.command.DurationConverter;
import io.rezolus.libs.command.StopSignals;
import io.rezolus.libs.command.StopSwitch;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus record}: samples an agent into a parquet file. */
@Component(service = Subcommand.class)
@Command(
    name = "record",
    description = "Records an agent into a parquet file, until stopped or for a duration.",
    customSynopsis = "rezolus record [OPTIONS] [-- COMMAND ARGS...]",
    footer = {
      "",
      "With a command after --, records from its start to its end and exits with its status;",
      "--duration then is the time after which it is killed (status 124)."
    })
public final class RecordCommand implements Subcommand {
  private static final String DEFAULT_URL = "http://localhost:4241";

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The agent, as URL or host:port (default " + DEFAULT_URL + ").")
  private String url;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write (default rezolus.parquet).")
  private Path output;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "Time between samples (default ${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(
      names = {"-d", "--duration"},
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "How long to record (default: until stopped).")
  private Duration duration;

  @Option(
      names = {"-m", "--metadata"},
      paramLabel = "KEY=VALUE",
      description = "File-level metadata; may be repeated.")
  private Map<String, String> metadata = new LinkedHashMap<>();

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
    List<String> positional = words.subList(0, words.size() - command.size());
    deprecated(positional);
    Endpoint endpoint = endpoint();
    RecordingPlan plan =
        new RecordingPlan(
            output == null ? Path.of("rezolus.parquet") : output,
            interval,
            duration,
            metadata,
            node,
            instance,
            command);
    Recorder.requireWritable(plan.output());
    try (StopSignals signals = new StopSignals(stop)) {
      BoundedGet http = new BoundedGet();
      stop.onStop(http::cancel);
      String name = metadata.getOrDefault("source", "rezolus");
      AgentSource source = AgentSource.probe(endpoint, name, interval, http);
      return new Recorder(plan, source, stop, signals, Progress.none(), messages).run();
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

  private Endpoint endpoint() {
    try {
      return Endpoint.parse(url == null ? DEFAULT_URL : url);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
