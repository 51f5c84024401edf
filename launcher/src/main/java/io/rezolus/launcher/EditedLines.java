package io.rezolus.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Lines a person edits at a terminal, with history and with completion by the agent. The only class
 * that needs JLine; loaded for an interactive shell and for nothing else.
 */
final class EditedLines implements CommandLines {
  private static final String COMPLETE = "rezolus:complete ";

  /** Held for its level, which goes with the last reference. */
  private static final Logger LIBRARY = Logger.getLogger("org.jline");

  private final ShellConnection connection;
  private final String prompt;
  private final Terminal terminal;
  private final LineReader reader;

  private EditedLines(ShellConnection connection, String prompt, Terminal terminal) {
    this.connection = connection;
    this.prompt = prompt;
    this.terminal = terminal;
    reader =
        LineReaderBuilder.builder()
            .appName("rezolus")
            .terminal(terminal)
            .completer((reader, line, candidates) -> complete(line, candidates))
            // "!" is for the agent's shell, not for the history
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
            .build();
    Path history = ShellHistory.file();
    if (history != null) {
      reader.setVariable(LineReader.HISTORY_FILE, history);
    }
  }

  /**
   * @throws IOException where the terminal cannot be controlled
   */
  static EditedLines open(ShellConnection connection, String prompt) throws IOException {
    LIBRARY.setLevel(Level.OFF); // an unknown terminal or a full disk is no news at a prompt
    try {
      // stty does all there is to do, no native library
      Terminal terminal =
          TerminalBuilder.builder().system(true).provider("exec").dumb(false).build();
      return new EditedLines(connection, prompt, terminal);
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public String next() {
    while (true) {
      try {
        return reader.readLine(prompt);
      } catch (UserInterruptException e) {
        // Ctrl-C drops the line
      } catch (EndOfFileException e) {
        return null;
      }
    }
  }

  private void complete(ParsedLine line, List<Candidate> candidates) {
    ShellConnection.Answer answer;
    try {
      answer = connection.ask(COMPLETE + line.line().substring(0, line.cursor()), null);
    } catch (IOException e) {
      return; // the next command says that the agent is gone
    }
    if (!answer.succeeded()) {
      return;
    }
    new String(answer.text(), StandardCharsets.UTF_8)
        .lines()
        .map(text -> text.split("\t", 2))
        .forEach(fields -> candidates.add(candidate(fields)));
  }

  private static Candidate candidate(String[] fields) {
    String word = fields[0].stripTrailing();
    boolean whole = fields[0].length() > word.length();
    String note = fields.length < 2 || fields[1].isEmpty() ? null : fields[1];
    return new Candidate(word, word, null, note, null, null, whole);
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
