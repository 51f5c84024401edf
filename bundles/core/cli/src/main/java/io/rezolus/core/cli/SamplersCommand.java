package io.rezolus.core.cli;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.command.ExitCode;
import io.rezolus.core.api.command.Subcommand;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rezolus samplers}: every sampler an agent knows of, running or not, and why. */
@Component(service = Subcommand.class, scope = ServiceScope.PROTOTYPE)
@Command(
    name = "samplers",
    description = "List an agent's samplers: state, health, hooks, and why one does not run.",
    footer = {"", "EXAMPLES", "  rezolus samplers", "  rezolus samplers web1:4241"})
public final class SamplersCommand implements Subcommand {
  /** Leaves room for the other columns on a terminal of eighty. */
  private static final int HOOKS_WIDTH = 40;

  @Parameters(
      paramLabel = "ENDPOINT",
      arity = "0..1",
      defaultValue = "localhost:4241",
      description = "The agent: host:port or a URL. Default: ${DEFAULT-VALUE}.")
  private String endpoint;

  @Option(names = "--json", description = "The agent's answer as it is.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws CommandException {
    AgentEndpoint agent = AgentEndpoint.parse(endpoint);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(agent.get("/samplers"));
      return ExitCode.OK;
    }
    List<SamplerState> samplers =
        agent.read("/samplers", answer -> AgentState.samplers(answer.getAsJsonArray()));
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"SAMPLER", "STATE", "HEALTH", "HOOKS", "REASON"});
    for (SamplerState sampler : samplers) {
      List<String> hooks = lines(sampler.hooks());
      rows.add(
          new String[] {
            sampler.name(),
            sampler.state(),
            sampler.state().equals("active") ? sampler.health() : "-",
            hooks.get(0),
            sampler.reason()
          });
      for (String more : hooks.subList(1, hooks.size())) {
        rows.add(new String[] {"", "", "", more, ""});
      }
    }
    Table.print(rows, out);
    return ExitCode.OK;
  }

  /** As many words a line as fit, and one line at least. */
  static List<String> lines(Collection<String> hooks) {
    List<String> words = List.copyOf(hooks);
    List<String> lines = new ArrayList<>();
    String line = words.isEmpty() ? "-" : words.get(0);
    for (int i = 1; i < words.size(); i++) {
      if (line.length() + 1 + words.get(i).length() > HOOKS_WIDTH) {
        lines.add(line);
        line = words.get(i);
      } else {
        line += ' ' + words.get(i);
      }
    }
    lines.add(line);
    return lines;
  }
}
