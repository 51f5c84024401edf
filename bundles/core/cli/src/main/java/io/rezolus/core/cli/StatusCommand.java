package io.rezolus.core.cli;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.command.Subcommand;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus status}: version, uptime and every sampler that is not healthy. */
@Component(service = Subcommand.class, scope = ServiceScope.PROTOTYPE)
@Command(
    name = "status",
    description = "Health of a running agent.",
    footer = {
      "",
      "Exit status: 0 all healthy or merely unsupported by this host, 1 a sampler is",
      "degraded or failed, or the agent cannot be asked.",
      "",
      "EXAMPLES",
      "  rezolus status localhost:4241",
      "  rezolus status http://web1:4241 --json"
    })
public final class StatusCommand implements Subcommand {

  @Parameters(paramLabel = "ENDPOINT", description = "The agent: host:port or a URL.")
  private String endpoint;

  @Option(names = "--json", description = "The agent's answer as it is; the exit status is 0.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws CommandException {
    AgentEndpoint agent = AgentEndpoint.parse(endpoint);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(agent.get("/status"));
      return ExitCode.OK;
    }
    return print(agent.read("/status", AgentState::parse), out);
  }

  private static int print(AgentState state, PrintWriter out) {
    int healthy = 0;
    int unsupported = 0;
    int degraded = 0;
    int failed = 0;
    List<String> disabled = new ArrayList<>();
    for (SamplerState sampler : state.samplers()) {
      switch (sampler.verdict()) {
        case "active" -> healthy++;
        case "unsupported" -> unsupported++;
        case "degraded" -> degraded++;
        case "failed" -> failed++;
        default -> disabled.add(sampler.name());
      }
    }
    out.printf(
        "Rezolus %s   up %s   ttl %s%s%n",
        state.version(),
        humanized(state.uptime()),
        humanized(state.ttl()),
        state.sinceReading() == null
            ? ""
            : "   read " + humanized(wholeSeconds(state.sinceReading())) + " ago");
    out.printf(
        "%d healthy, %d unsupported, %d degraded, %d failed%n",
        healthy, unsupported, degraded, failed);
    for (SamplerState sampler : state.samplers()) {
      String verdict = sampler.verdict();
      if (!verdict.equals("active") && !verdict.equals("disabled")) {
        out.printf("  %-22s %-12s %s%n", sampler.name(), verdict, sampler.reason());
      }
    }
    if (!disabled.isEmpty()) {
      out.println("switched off: " + String.join(" ", disabled));
    }
    if (state.problem() != null) {
      out.println("configuration: " + state.problem());
    }
    return degraded + failed > 0 ? ExitCode.FAILURE : ExitCode.OK;
  }

  /** Below that, the time it takes to ask is all there is to see. */
  private static Duration wholeSeconds(Duration duration) {
    return duration.truncatedTo(ChronoUnit.SECONDS);
  }

  /** For example {@code 2days 3h 4m 5s} or {@code 10ms}. */
  static String humanized(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toDays(), duration.toDays() == 1 ? "day" : "days");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(text.isEmpty() ? "" : " ").append(amount).append(unit);
    }
  }
}
