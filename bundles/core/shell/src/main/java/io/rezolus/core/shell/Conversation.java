package io.rezolus.core.shell;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/**
 * One client: a command a line, answered by its output, a zero byte and {@code 0} or, where the
 * output ends with an error, {@code 1}. Variables live as long as the connection.
 *
 * <p>Commands run on a thread of their own while the client's thread waits for the next line or the
 * end of the connection, which ends what still runs.
 *
 * <p>The line {@code rezolus:complete LINE} is a client's question what may follow an unfinished
 * line, not a command: its answer is one candidate a line, the word (with a space where it is
 * whole), a tab and a note.
 */
final class Conversation implements AutoCloseable {
  private static final int MAX_LINE = 64 * 1024;

  /** Lines a client may send ahead. */
  private static final int MAX_WAITING = 16;

  /** For what runs when a client has sent its last line but may still want the answer. */
  private static final long GRACE_MILLIS = 2000;

  private static final String COMPLETE = "rezolus:complete ";

  /** Where a session keeps the names of all commands. */
  private static final String COMMANDS = ".commands";

  /** What Gogo says where no method of a command fits the arguments. */
  private static final Pattern MISFIT = Pattern.compile("^Cannot coerce (\\w+)\\(");

  private final BufferedReader requests;
  private final OutputStream answers;
  private final PrintStream out;
  private final CommandSession session;
  private final Scope scope = new Scope();
  private final ThreadPoolExecutor worker;
  private final Completion completion;

  Conversation(
      CommandProcessor processor,
      Completion completion,
      SocketChannel client,
      ShellThreads threads) {
    this.completion = completion;
    requests =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
    answers = new ChannelOutput(client);
    out = new PrintStream(new WithoutZeroes(answers), false, StandardCharsets.UTF_8);
    session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out);
    // what looks like a pattern is meant for metrics, not for files
    session.put(CommandSession.OPTION_NO_GLOB, Boolean.TRUE);
    session.put("SCOPE", scope);
    worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> threads.of("rezolus-shell-command", task),
            Conversation::waitForRoom);
  }

  void run() throws IOException {
    String line;
    while ((line = nextLine()) != null) {
      String command = line;
      worker.execute(() -> answer(command));
    }
    worker.shutdown();
    try {
      worker.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the command that runs, with this for an answer. */
  void cancel(String reason) {
    scope.cancel(reason);
  }

  private void answer(String line) {
    try {
      byte status = (byte) (execute(line) ? '0' : '1');
      out.flush();
      answers.write(new byte[] {0, status});
    } catch (IOException | UncheckedIOException e) {
      scope.end(e.getMessage()); // nobody is left to answer
    }
  }

  private static void waitForRoom(Runnable task, ThreadPoolExecutor worker) {
    try {
      worker.getQueue().put(task);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A line, or null at the end; a client that never ends its line is cut off. */
  private String nextLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = requests.read()) != -1 && c != '\n') {
      if (line.length() == MAX_LINE) {
        throw new IOException("a line of more than " + MAX_LINE + " characters");
      }
      line.append((char) c);
    }
    return c == -1 && line.isEmpty() ? null : line.toString();
  }

  private boolean execute(String line) {
    try {
      if (line.startsWith(COMPLETE)) {
        complete(line.substring(COMPLETE.length()));
        return true;
      }
      Object result = session.execute(line);
      if (result instanceof Boolean truth) {
        return truth; // a predicate such as grep has said what it has to say
      }
      if (result != null) {
        CharSequence text = session.format(result, Converter.INSPECT);
        out.println(text.toString().stripTrailing());
      }
      return true;
    } catch (UncheckedIOException e) {
      throw e;
    } catch (Exception e) {
      // wherever in Gogo a program was when it was told to end, that is why it did
      String cancelled = scope.cancelled();
      out.println(cancelled == null ? reason(e) : cancelled);
      return false;
    } finally {
      scope.renew();
    }
  }

  private void complete(String line) {
    Collection<String> commands =
        session.get(COMMANDS) instanceof Collection<?> names
            ? names.stream().map(Object::toString).toList()
            : List.of();
    for (Completion.Candidate candidate : completion.candidates(line, commands)) {
      out.print(candidate.word() + '\t' + candidate.note() + '\n');
    }
  }

  /** What a person can act on: the innermost message, in one line, without a class where it can. */
  private static String reason(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null
        && (root instanceof InvocationTargetException
            || root.getMessage() == null
            || root.getMessage().equals(root.getCause().toString()))) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    Matcher misfit = MISFIT.matcher(message);
    if (misfit.find()) {
      String command = misfit.group(1);
      return command + ": not the arguments it takes, or no such bundle; see: help " + command;
    }
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  @Override
  public void close() {
    scope.end("the connection ended");
    worker.shutdownNow();
    session.close();
  }

  /**
   * Keeps the byte that ends an answer out of the answer, and ends a command whose client is gone:
   * print streams swallow the checked exception, and a loop would go on for ever.
   */
  private static final class WithoutZeroes extends FilterOutputStream {
    WithoutZeroes(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      byte[] clean = new byte[length];
      for (int i = 0; i < length; i++) {
        clean[i] = bytes[offset + i] == 0 ? (byte) ' ' : bytes[offset + i];
      }
      try {
        out.write(clean, 0, length);
      } catch (IOException e) {
        throw new UncheckedIOException("client gone: " + e.getMessage(), e);
      }
    }
  }
}
