package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import java.io.PrintStream;
import java.util.List;

/** Whether the endpoints of a plan can be recorded as it says; what will be different is said. */
final class Admission {
  private final RecordingPlan plan;
  private final PrintStream messages;

  Admission(RecordingPlan plan, PrintStream messages) {
    this.plan = plan;
    this.messages = messages;
  }

  /** Refuses what an archive cannot hold, as far as the command line tells. */
  void requireArchivable(List<EndpointSpec> specs) throws CommandException {
    if (plan.format() != OutputFormat.REZ) {
      if (!plan.labels().isEmpty()) {
        messages.println(
            plan.output()
                + ": only an archive (.rez) has labels, --label is ignored; --metadata KEY=VALUE"
                + " is stored in every format");
      }
      return;
    }
    if (specs.size() > 1) {
      throw new CommandException(
          ExitCode.FAILURE,
          plan.output() + ": an archive holds one endpoint; record several to parquet");
    }
    if (specs.get(0).protocol() == Protocol.PROMETHEUS) {
      throw notArchivable(specs.get(0).endpoint().base().toString());
    }
  }

  /** Refuses when none answers, or one that does cannot be recorded. */
  void requireAnswers(Feeds feeds) throws CommandException {
    if (feeds.active().isEmpty()) {
      String troubles = String.join("\n", feeds.all().stream().map(Feed::probeTrouble).toList());
      throw new CommandException(
          ExitCode.FAILURE,
          troubles
              + "; start an agent with \"rezolus config/agent.toml\", or name an endpoint with"
              + " --url");
    }
    for (Feed feed : feeds.all()) {
      if (!feed.active()) {
        messages.println(feed.probeTrouble() + "; recorded from when it answers");
      } else if (feed.details().protocol() == Protocol.PROMETHEUS
          && feed.details().name().equals(feed.details().fallbackNode())) {
        messages.println(
            feed.what()
                + ": its source is named "
                + feed.details().name()
                + "; name it with --endpoint URL,source=NAME");
      }
    }
    Feed first = feeds.active().get(0);
    if (plan.format() == OutputFormat.REZ && first.details().protocol() == Protocol.PROMETHEUS) {
      throw notArchivable(first.what());
    }
  }

  private CommandException notArchivable(String what) {
    return new CommandException(
        ExitCode.FAILURE,
        plan.output()
            + ": an archive cannot hold the Prometheus metrics of "
            + what
            + "; record them to parquet");
  }
}
