package io.rezolus.analysis.query;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.command.Subcommand;
import io.rezolus.libs.command.DurationConverter;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.MetricInfo;
import io.rezolus.libs.query.ParseException;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.SortedMap;
import org.osgi.service.component.annotations.Component;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus query}: one PromQL question to a recording or a running agent. */
@Component(service = Subcommand.class)
@Command(
    name = "query",
    description = "Asks a recording or a running agent a PromQL question.",
    footer = {
      "",
      "Without a time, the whole recording in about sixty steps; with --time, one moment.",
      "Times: -5m before the end, +5m after the start, 2026-01-31T23:59:59Z,",
      "\"2026-01-31 23:59\" in UTC, or seconds since 1970.",
      "",
      "Exit status: 0 answered, 1 the source cannot be read or the evaluation failed or no such",
      "metric exists, 2 the question or an option is wrong.",
      "",
      "EXAMPLES",
      "  rezolus query rezolus.parquet 'sum(rate(cpu_usage[1m]))'",
      "  rezolus query rezolus.parquet 'histogram_quantile(0.99, scheduler_runqueue_latency)'"
          + " --start -5m --step 1s",
      "  rezolus query http://localhost:4241 'sum by (state) (rate(cpu_usage[5s]))' --window 10s"
    })
public final class QueryCommand implements Subcommand {
  private static final long RANGE_LOOKBACK_SAMPLES = 5;
  private static final int BYTES_PER_SAMPLE = 16;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE_OR_URL",
      description = "A recording, or an agent as http://host:port.")
  private String input;

  @Parameters(index = "1", paramLabel = "EXPR", description = "The question.")
  private String expr;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "First step (default: start of the data).")
  private String start;

  @Option(
      names = "--end",
      paramLabel = "TIME",
      description = "Last step (default: end of the data).")
  private String end;

  @Option(names = "--time", paramLabel = "TIME", description = "Answer for this moment alone.")
  private String time;

  @Option(names = "--step", paramLabel = "TIME", description = "Time between steps, such as 15s.")
  private String step;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "How long to listen to an agent (default ${DEFAULT-VALUE}).")
  private Duration window;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Converter.class,
      description = "table, csv or json (default ${DEFAULT-VALUE}).")
  private OutputFormat format;

  private final OutputStream out;
  private final PrintStream messages;

  public QueryCommand() {
    this(System.out, System.err);
  }

  QueryCommand(OutputStream out, PrintStream messages) {
    this.out = out;
    this.messages = messages;
  }

  @Override
  public Integer call() throws CommandException {
    if (time != null && (start != null || end != null || step != null)) {
      throw usage("--time is one moment; leave out --start, --end and --step");
    }
    // before anything is opened or waited for
    parse();
    try (Source source =
        Source.isUrl(input) ? Source.agent(input, window) : Source.file(input, messages)) {
      return ask(source.series());
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILURE, input + ": " + e.getMessage(), e);
    }
  }

  private void parse() throws CommandException {
    try {
      QueryEngine.metrics(expr);
    } catch (ParseException e) {
      throw badQuery(e);
    }
  }

  private int ask(CatalogSource source) throws CommandException, IOException {
    if (source.endNanos() == Long.MIN_VALUE) {
      throw new CommandException(ExitCode.FAILURE, input + ": holds no sample");
    }
    QueryWindow range = window(source);
    QueryResult result;
    try {
      result = evaluate(source, range);
    } catch (ParseException e) {
      throw badQuery(e);
    } catch (QueryException e) {
      int code = e.kind() == QueryException.Kind.BAD_DATA ? ExitCode.USAGE : ExitCode.FAILURE;
      throw new CommandException(code, e.getMessage(), e);
    }
    result.annotations().warnings().forEach(messages::println);
    result.annotations().infos().forEach(messages::println);
    boolean unknown = namesUnknown(source);
    boolean empty = isEmpty(result);
    if (empty && !unknown) {
      messages.println("no sample in the times asked for");
    }
    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    if (result instanceof QueryResult.Heatmap && format != OutputFormat.JSON) {
      throw usage("a heatmap is printed with --format json only");
    }
    if (!empty || format != OutputFormat.TABLE) {
      format.writer().write(result, buffered);
    }
    buffered.flush();
    return empty && unknown ? ExitCode.FAILURE : ExitCode.OK;
  }

  private QueryResult evaluate(CatalogSource source, QueryWindow range) {
    long memory = Runtime.getRuntime().maxMemory() / 2;
    QueryOptions options =
        QueryOptions.DEFAULT.withMaxSamples(memory / BYTES_PER_SAMPLE).withMaxBytes(memory);
    if (!range.instant()) {
      long recent = RANGE_LOOKBACK_SAMPLES * source.intervalNanos() / 2;
      if (recent > 0) {
        // five minutes would show series that have ended as flat lines
        options = options.withLookback(Math.max(range.step(), recent));
      }
      try {
        return new QueryEngine(options)
            .range(source, expr, range.start(), range.end(), range.step());
      } catch (ParseException e) {
        throw e;
      } catch (QueryException e) {
        // strings and range vectors have an answer at one time only
        boolean single = e.getMessage().startsWith("invalid expression type");
        if (!single || start != null || step != null) {
          throw e;
        }
        options = options.withLookback(QueryOptions.DEFAULT.lookbackNanos());
      }
    }
    return new QueryEngine(options).instant(source, expr, range.end());
  }

  private QueryWindow window(CatalogSource source) {
    long first = source.startNanos();
    long last = source.endNanos();
    if (time != null) {
      return QueryWindow.at(time("--time", time, first, last));
    }
    if (start == null && end == null && step == null) {
      return QueryWindow.covering(first, last, source.intervalNanos());
    }
    long from = start == null ? first : time("--start", start, first, last);
    long to = end == null ? last : time("--end", end, first, last);
    if (to < from) {
      throw usage("--end is before --start");
    }
    long every = step == null ? QueryWindow.stepFor(to - from, source.intervalNanos()) : step();
    QueryWindow range = new QueryWindow(from, to, every);
    if (range.excessive()) {
      throw usage("--step " + step + ": makes more than a million steps; use a larger one");
    }
    return range;
  }

  private long time(String option, String text, long first, long last) {
    try {
      return HumanTime.time(text, first, last);
    } catch (IllegalArgumentException e) {
      throw usage(option + " " + e.getMessage());
    }
  }

  private long step() {
    long nanos;
    try {
      nanos = HumanTime.duration(step);
    } catch (IllegalArgumentException e) {
      throw usage("--step " + e.getMessage());
    }
    if (nanos <= 0) {
      throw usage("--step " + step + ": expected more than 0");
    }
    return nanos;
  }

  /** Whether it names a metric that does not exist; what it may mean is among the infos. */
  private boolean namesUnknown(CatalogSource source) {
    SortedMap<String, MetricInfo> metrics = source.metrics();
    return QueryEngine.metrics(expr).stream()
        .anyMatch(each -> each.name() != null && !metrics.containsKey(each.name()));
  }

  private static boolean isEmpty(QueryResult result) {
    return result instanceof QueryResult.Matrix matrix && matrix.series().isEmpty()
        || result instanceof QueryResult.Heatmap heatmap && heatmap.series().isEmpty()
        || result instanceof QueryResult.Vector vector && vector.series().isEmpty();
  }

  /** Shows the place, then one line. */
  private CommandException badQuery(ParseException e) {
    String[] place = e.getMessage().split(":", 3);
    String[] lines = expr.split("\n", -1);
    int line = Integer.parseInt(place[0]);
    int column = Integer.parseInt(place[1]);
    if (line <= lines.length) {
      messages.println("  " + lines[line - 1]);
      messages.println("  " + " ".repeat(Math.max(0, column - 1)) + "^");
    }
    return new CommandException(ExitCode.USAGE, e.getMessage(), e);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
