package io.rezolus.analysis.recordingtools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecordingCommandTest {
  @Test
  void without_a_command_it_names_them() {
    CommandRun.of()
        .fails(
            2,
            "a command is missing",
            "metadata, annotate, combine, convert, filter, upgrade, export, snapshot");
  }

  @Test
  void an_unknown_command_is_a_usage_error() {
    CommandRun.of("metadat").fails(2, "metadat");
  }

  @Test
  void help_of_every_command_ends_in_examples() {
    for (String command : new String[] {"metadata", "annotate", "filter", "upgrade", "snapshot"}) {
      String help =
          new picocli.CommandLine(new RecordingCommand())
              .getSubcommands()
              .get(command)
              .getUsageMessage();
      assertTrue(help.contains("EXAMPLES"), help);
    }
  }
}
