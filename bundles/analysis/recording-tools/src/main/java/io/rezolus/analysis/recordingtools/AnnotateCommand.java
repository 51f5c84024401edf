package io.rezolus.analysis.recordingtools;

import com.google.gson.JsonElement;
import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.metadata.Event;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus recording annotate}: adds to what a recording says about itself. */
@Command(
    name = "annotate",
    header = "Add to what a recording says about itself.",
    description = {
      "Adds to what a recording says about itself: which machine and source it is of, what happened",
      "meanwhile, and the indicators (KPIs) of a service, which a viewer shows as a section.",
      "",
      "Without options, or with --queries, indicators are put in: those of the file given, else of",
      "the template for the recording's source. Each is asked over the whole recording and marked",
      "with whether there is data for it. Samples are never touched; on an error the file stays as",
      "it was. Of an archive (.rez) only the indicators can be edited, with --queries; one of an",
      "earlier version becomes one of version 3."
    },
    footer = {
      "",
      "EXAMPLES",
      "  rezolus recording annotate run.parquet --node web1",
      "  rezolus recording annotate run.parquet --source cachecannon --overwrite",
      "  rezolus recording annotate run.parquet --queries kpis.json --filter",
      "  rezolus recording annotate run.parquet --add-events deploys.jsonl",
      "  rezolus recording annotate run.parquet --event 'time=2026-01-31T15:23Z,desc=\"rollout, v2\"'"
    })
final class AnnotateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file;

  @Option(names = "--queries", paramLabel = "PATH", description = "Indicators to put in, as JSON.")
  private Path queries;

  @Option(names = "--undo", description = "Take the indicators out.")
  private boolean undo;

  @Option(
      names = "--filter",
      description = "Put indicators in, then drop the columns that neither they nor an agent need.")
  private boolean filter;

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description = "Folder with templates of services (default: as shipped).")
  private Path templates;

  @Option(names = "--node", paramLabel = "NAME", description = "Which machine it is of.")
  private String node;

  @Option(names = "--source", paramLabel = "NAME", description = "Which source it is of.")
  private String source;

  @Option(names = "--overwrite", description = "Let --source replace another name.")
  private boolean overwrite;

  @Option(
      names = "--systeminfo",
      paramLabel = "PATH|-",
      description = "What the machine is, as JSON; - is standard input.")
  private String systemInfo;

  @Option(
      names = "--add-events",
      paramLabel = "PATH|-",
      description = "Events to add, as JSON or one JSON object a line; may be repeated.")
  private List<String> addEvents = List.of();

  @Option(
      names = "--event",
      paramLabel = "K=V,...",
      description = {
        "An event to add, of time, description, kind, details, source, node, instance, id, duration",
        "and label.NAME; may be repeated."
      })
  private List<String> event = List.of();

  @Option(names = "--clear-events", description = "Remove the events it has, before adding others.")
  private boolean clearEvents;

  private final InputStream standardInput;

  AnnotateCommand() {
    this(System.in);
  }

  AnnotateCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() throws CommandException {
    requireConsistent();
    PrintWriter messages = spec.commandLine().getErr();
    RecordingFormat format = RecordingInput.format(file);
    Path target = OutputTarget.orInput(null, file);
    if (format != RecordingFormat.PARQUET) {
      archive(format, messages);
      return ExitCode.OK;
    }
    ParquetAnnotation annotation = new ParquetAnnotation(file, messages);
    annotate(annotation, messages);
    annotation.write(target);
    return ExitCode.OK;
  }

  private void archive(RecordingFormat format, PrintWriter messages) throws CommandException {
    boolean edits = node != null || systemInfo != null || source != null || clearEvents;
    boolean events = !addEvents.isEmpty() || !event.isEmpty();
    if (queries == null || undo || filter || templates != null || edits || events) {
      throw usage(file + ": an archive, which takes --queries and no other option");
    }
    ServiceExtension service = KpiSet.read(queries);
    ArchiveAnnotation annotation = new ArchiveAnnotation(file, messages);
    try {
      if (format == RecordingFormat.REZ) {
        annotation.sqlite(service);
      } else {
        annotation.tar(service);
      }
    } catch (IOException e) {
      throw Failure.of(file, e);
    }
  }

  private void annotate(ParquetAnnotation annotation, PrintWriter messages)
      throws CommandException {
    if (node != null) {
      annotation.node(node);
    }
    if (systemInfo != null) {
      JsonElement info = TextInput.read(systemInfo, standardInput).json();
      annotation.systemInfo(info);
    }
    if (undo) {
      annotation.undo();
      return;
    }
    if (source != null) {
      annotation.source(new SourceEdit(source, overwrite));
    }
    EventEdits events = events();
    if (!events.isNone()) {
      annotation.events(events);
    }
    boolean edits = node != null || systemInfo != null || source != null || !events.isNone();
    if (edits && queries == null && !filter) {
      return;
    }
    ServiceExtension service =
        queries != null
            ? KpiSet.read(queries)
            : KpiSet.template(file, annotation.keys(), TemplateFolder.load(templates, messages));
    annotation.indicators(service);
    if (filter) {
      annotation.filter(List.of(service));
    }
  }

  private EventEdits events() throws CommandException {
    List<Event> events = new ArrayList<>();
    for (String path : addEvents) {
      events.addAll(EventText.parse(TextInput.read(path, standardInput)));
    }
    for (String text : event) {
      try {
        events.add(InlineEvent.parse(text));
      } catch (IllegalArgumentException e) {
        throw usage("--event " + e.getMessage());
      }
    }
    return new EventEdits(clearEvents, events);
  }

  private void requireConsistent() {
    if (undo) {
      refuseWithUndo("--queries", queries != null);
      refuseWithUndo("--filter", filter);
      refuseWithUndo("--source", source != null);
      refuseWithUndo("--systeminfo", systemInfo != null);
      refuseWithUndo("--add-events", !addEvents.isEmpty());
      refuseWithUndo("--event", !event.isEmpty());
      refuseWithUndo("--clear-events", clearEvents);
    }
    if (overwrite && source == null) {
      throw usage("--overwrite needs --source");
    }
    if (node != null && node.isBlank() || source != null && source.isBlank()) {
      throw usage("a name is empty");
    }
    long standard = addEvents.stream().filter(TextInput::isStandardInput).count();
    if (systemInfo != null && TextInput.isStandardInput(systemInfo)) {
      standard++;
    }
    if (standard > 1) {
      throw usage("standard input (-) can be read once only");
    }
  }

  private void refuseWithUndo(String option, boolean given) {
    if (given) {
      throw usage("--undo cannot be combined with " + option);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
