package io.rezolus.launcher;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sun.misc.Signal;

/**
 * The commands of one mode of the distribution, run one after another in one framework: what a
 * start costs is paid once. Arguments come and results go through a socket.
 */
public final class CommandServer {
  private static final Pattern ADDRESS = Pattern.compile(" at (http://127\\.0\\.0\\.1:\\d+)/");

  private final ModeRunner runner;
  private final Home home;
  private final ByteArrayOutputStream said;
  private final HttpClient http = HttpClient.newHttpClient();

  private CommandServer(ModeRunner runner, Home home, ByteArrayOutputStream said) {
    this.runner = runner;
    this.home = home;
    this.said = said;
  }

  /** Arguments: the port to connect to, and a command of the mode. */
  public static void main(String[] args) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    // one that comes when a server has ended already must not end what comes next
    Signal.handle(new Signal("TERM"), signal -> {});
    Home home = Home.find();
    Invocation invocation = Invocation.parse(new String[] {args[1]}, home.commands());
    LogSettings.apply(invocation);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        ModeRunner runner = new ModeRunner(home, invocation)) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      CommandServer server = new CommandServer(runner, home, said);
      while (true) {
        String[] words;
        try {
          words = new String[in.readInt()];
        } catch (EOFException e) {
          return;
        }
        for (int i = 0; i < words.length; i++) {
          words[i] = in.readUTF();
        }
        server.answer(words, out);
      }
    }
  }

  private void answer(String[] words, DataOutputStream out) throws Exception {
    said.reset();
    List<String> answers = new ArrayList<>();
    Thread client = words[0].equals("view") ? client(answers) : null;
    int status;
    try {
      status = runner.run(Invocation.parse(words, home.commands()));
    } catch (Throwable e) {
      status = LaunchException.INTERNAL;
      e.printStackTrace();
    }
    if (client != null) {
      client.interrupt();
      client.join();
    }
    out.writeInt(status);
    write(out, said.toByteArray());
    write(out, String.join("\n", answers).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Asks a server that comes up, and then ends it. */
  private Thread client(List<String> answers) {
    Thread thread =
        new Thread(
            () -> {
              try {
                String url = url();
                answers.add(ask(url + "/api/v1/status/buildinfo"));
                answers.add(ask(url + "/api/v1/metadata"));
                answers.add(ask(url + "/api/v1/query?query=count(%7B__name__=~%22.%2B%22%7D)"));
                answers.add(
                    ask(
                        url
                            + "/api/v1/query?query=last_over_time(%7B__name__=~%22.%2B%22%7D[90y])"));
                terminate();
              } catch (InterruptedException e) {
                return; // it did not come up
              } catch (IOException e) {
                answers.add(e.toString());
                terminate();
              }
            });
    thread.start();
    return thread;
  }

  /** Ends the server, as its user would. */
  private static void terminate() {
    try {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-TERM", self).start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server has ended already
    }
  }

  private String url() throws InterruptedException {
    while (true) {
      Matcher address = ADDRESS.matcher(said.toString(StandardCharsets.UTF_8));
      if (address.find()) {
        return address.group(1);
      }
      Thread.sleep(5);
    }
  }

  private String ask(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
