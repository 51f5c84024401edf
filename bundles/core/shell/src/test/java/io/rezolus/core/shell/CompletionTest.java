package io.rezolus.core.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTest {
  private static final List<String> COMMANDS =
      List.of("rezolus:samplers", "rezolus:sampler", "rezolus:why", "felix:start", "gogo:grep");

  private final Completion completion = new Completion();

  @BeforeEach
  void an_agent_is_there() {
    completion.inventory = new TwoSamplers();
  }

  @Test
  void offers_every_command_without_its_scope_on_an_empty_line() {
    assertEquals(List.of("grep", "sampler", "samplers", "start", "why"), words(""));
  }

  @Test
  void offers_commands_and_scopes_that_start_alike() {
    assertEquals(List.of("sampler", "samplers"), words("sam"));
    assertEquals(List.of("gogo:", "grep"), words("g"));
  }

  @Test
  void ends_a_command_with_a_space_and_leaves_a_scope_and_an_argument_open() {
    assertEquals(
        List.of(new Completion.Candidate("rezolus:why ", "")),
        completion.candidates("rezolus:w", COMMANDS));
    assertEquals(
        List.of(new Completion.Candidate("rezolus:", "")), completion.candidates("r", COMMANDS));
    assertEquals(
        List.of(new Completion.Candidate("syscall", "")),
        completion.candidates("metrics sys", COMMANDS));
  }

  @Test
  void offers_full_names_once_the_scope_is_typed() {
    assertEquals(List.of("rezolus:sampler", "rezolus:samplers"), words("rezolus:s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sampler", "why", "enable", "disable", "rezolus:why"})
  void offers_samplers_to_a_command_that_takes_one(String command) {
    assertEquals(List.of("cpu_usage", "syscall_counts"), words(command + " "));
    assertEquals(List.of("syscall_counts"), words(command + " sys"));
  }

  @Test
  void says_how_a_sampler_is() {
    assertEquals(
        List.of(new Completion.Candidate("syscall_counts", "failed")),
        completion.candidates("why s", COMMANDS));
  }

  @Test
  void offers_metrics_with_their_help_in_one_line() {
    assertEquals(
        List.of(
            new Completion.Candidate("cpu_cores", "CPUs online"),
            new Completion.Candidate("cpu_usage", "Time this CPU spent")),
        completion.candidates("rezolus:metrics cpu", COMMANDS));
  }

  @Test
  void offers_nothing_after_the_only_argument() {
    assertEquals(List.of(), words("why cpu_usage "));
    assertEquals(List.of(), words("metrics cpu_usage c"));
  }

  @Test
  void offers_nothing_to_a_command_it_does_not_know() {
    assertEquals(List.of(), words("start c"));
  }

  @Test
  void starts_over_after_a_pipe_but_not_in_quotes() {
    assertEquals(List.of("gogo:", "grep"), words("samplers | g"));
    assertEquals(List.of("cpu_usage", "syscall_counts"), words("echo $(why "));
    assertEquals(List.of(), words("grep 'a|g"));
  }

  @Test
  void offers_commands_only_while_no_agent_is_there() {
    completion.inventory = null;
    assertEquals(List.of(), words("why c"));
    assertEquals(List.of("why"), words("w"));
  }

  private List<String> words(String line) {
    return completion.candidates(line, COMMANDS).stream()
        .map(candidate -> candidate.word().strip())
        .toList();
  }
}
