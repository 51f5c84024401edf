package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.Subcommand;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rezolus recording}: what can be done to a file that was recorded. */
@Component(service = Subcommand.class, scope = ServiceScope.PROTOTYPE)
@Command(
    name = "recording",
    aliases = "parquet",
    description = {
      "Looks into recordings, edits what is known about them, joins, converts and trims them.",
      "",
      "A file is recognised by its content, never by its name. A file that is written appears under",
      "its name only when it is complete; on an error the old one stays as it was."
    },
    customSynopsis = "rezolus recording COMMAND [OPTIONS]",
    subcommands = {
      MetadataCommand.class,
      AnnotateCommand.class,
      CombineCommand.class,
      ConvertCommand.class,
      FilterCommand.class,
      UpgradeCommand.class,
      ExportCommand.class,
      SnapshotCommand.class
    },
    commandListHeading = "%nCOMMANDS%n",
    footer = {
      "",
      "EXAMPLES",
      "  rezolus recording metadata -i run.parquet          what is in it",
      "  rezolus recording annotate run.parquet --node web1 which machine it was",
      "  rezolus recording combine a.parquet b.parquet -o both.parquet",
      "  rezolus recording convert run.raw.zst              raw snapshots to parquet",
      "  rezolus recording export run.parquet --to csv      for other programs"
    })
public final class RecordingCommand implements Subcommand {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; one of "
            + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }
}
