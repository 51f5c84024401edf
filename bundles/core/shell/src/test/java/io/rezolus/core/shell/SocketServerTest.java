package io.rezolus.core.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.launch.Framework;

/** The shell's socket as a client sees it, with Felix and Gogo behind it. */
class SocketServerTest {
  @TempDir Path directory;

  private final ThreadIOImpl threads = new ThreadIOImpl();
  private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
  private Path socket;
  private Framework framework;
  private SocketServer server;

  @BeforeEach
  void listen() throws Exception {
    socket = directory.resolve("run").resolve("shell.sock");
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "rezolus.shell.socket", socket.toString(),
                    "org.osgi.framework.storage", directory.resolve("cache").toString()));
    framework.init();
    threads.start();
    TwoSamplers inventory = new TwoSamplers();
    SamplerCommands commands = new SamplerCommands(inventory);
    for (String name : new String[] {"samplers", "sampler", "why"}) {
      processor.addCommand("rezolus", commands, name);
    }
    processor.addConverter(new SamplerTable());
    Completion completion = new Completion();
    completion.inventory = inventory;
    server = new SocketServer(framework.getBundleContext(), processor, completion);
  }

  @AfterEach
  void close() throws Exception {
    server.deactivate();
    processor.stop();
    threads.stop();
    framework.stop();
    framework.waitForStop(0);
  }

  @Test
  void opens_to_its_user_only() throws Exception {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())));
  }

  @Test
  void shows_objects_as_a_table() throws Exception {
    try (Client client = new Client()) {
      assertEquals(
          """
          SAMPLER         STATE   REFRESH   BUNDLE          REASON
          cpu_usage       active  1.500 ms  a.bundle 1.0.0
          syscall_counts  failed  -         a.bundle 1.0.0  no BTF
          \0000""",
          client.ask("samplers"));
    }
  }

  @Test
  void answers_an_error_in_one_line_and_goes_on() throws Exception {
    try (Client client = new Client()) {
      assertEquals(
          "disk: no such sampler; there are: cpu_usage syscall_counts\n\0001",
          client.ask("rezolus:why disk"));
      assertEquals("Command not found: nonsense\n\0001", client.ask("nonsense"));
      String unfinished = client.ask("why 'cpu");
      assertTrue(unfinished.matches("[^\\n]+\\n\\x001"), unfinished);
      assertEquals(
          "syscall_counts is failed: no BTF\n\0000", client.ask("rezolus:why syscall_counts"));
    }
  }

  @Test
  void completes_a_line_without_running_it() throws Exception {
    try (Client client = new Client()) {
      assertEquals("why \t\n\0000", client.ask("rezolus:complete w"));
      assertEquals(
          "cpu_usage\tactive\nsyscall_counts\tfailed\n\0000",
          client.ask("rezolus:complete rezolus:why "));
    }
  }

  @Test
  void an_endless_program_ends_with_its_connection() throws Exception {
    processor.addCommand("test", new Endless(), "forever");
    processor.addCommand("test", new Endless(), "nothing");
    for (String program : new String[] {"forever { nothing }", "forever { nothing } | nothing"}) {
      try (Client client = new Client()) {
        client.send(program);
        awaitPrograms(1);
      }
      awaitPrograms(0);
    }
  }

  @Test
  void a_program_that_fills_the_memory_is_cancelled_and_its_session_goes_on() throws Exception {
    processor.addCommand("test", new Endless(), "forever");
    processor.addCommand("test", new Endless(), "nothing");
    try (Client client = new Client()) {
      client.send("forever { nothing }");
      awaitPrograms(1);
      server.cancelAll();
      assertEquals("cancelled: the agent has little memory left\n\0001", client.answer());
      assertEquals(
          "syscall_counts is failed: no BTF\n\0000", client.ask("rezolus:why syscall_counts"));
    }
  }

  @Test
  void lines_sent_before_the_end_of_the_connection_are_answered() throws Exception {
    try (Client client = new Client()) {
      client.send("rezolus:why syscall_counts");
      client.channel.shutdownOutput();
      assertEquals("syscall_counts is failed: no BTF\n\0000", client.answer());
    }
  }

  /** Waits until that many threads work on a command. */
  private static void awaitPrograms(int count) throws InterruptedException {
    while (Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("rezolus-shell-command"))
            .count()
        != count) {
      Thread.sleep(10);
    }
  }

  /** Commands under which a program does not end. */
  public static final class Endless {
    public void forever(CommandSession session, Function body) throws Exception {
      while (true) {
        body.execute(session, List.of());
      }
    }

    public void nothing() {}
  }

  @Test
  void leaves_no_socket_and_no_thread_behind() throws Exception {
    processor.addCommand("test", new Endless(), "forever");
    processor.addCommand("test", new Endless(), "nothing");
    try (Client client = new Client()) {
      client.send("forever { nothing }");
      awaitPrograms(1);
      server.deactivate();
    }
    assertFalse(Files.exists(socket));
    assertEquals(
        List.of(),
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("rezolus-shell"))
            .toList());
  }

  /** Requests as the launcher sends them; answers with their end. */
  private final class Client implements AutoCloseable {
    private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    private final InputStream answers;

    Client() throws IOException {
      channel.connect(UnixDomainSocketAddress.of(socket));
      answers = Channels.newInputStream(channel);
    }

    void send(String line) throws IOException {
      channel.write(StandardCharsets.UTF_8.encode(line + '\n'));
    }

    String ask(String line) throws IOException {
      send(line);
      return answer();
    }

    String answer() throws IOException {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      int b;
      do {
        b = answers.read();
        answer.write(b);
      } while (b > 0);
      answer.write(answers.read());
      return answer.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
