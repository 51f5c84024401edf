package io.rezolus.outputs.recorder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A program at a terminal of its own, made by script(1). */
final class Terminal implements AutoCloseable {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  private final Process process;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Terminal(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "terminal");
    reader.setDaemon(true);
    reader.start();
  }

  static boolean available() {
    return Files.isExecutable(SCRIPT);
  }

  /**
   * @param line what a shell is to run there
   */
  static Terminal start(String line, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        // its standard input is typed at, so that it cannot be what ends it with this process
        new ProcessBuilder(
                // what starts the tests may have them ignored, and a shell cannot undo that
                "env",
                "--default-signal=HUP,INT,QUIT,TERM",
                "timeout",
                "--foreground",
                "-s",
                "KILL",
                "600",
                SCRIPT.toString(),
                "-qefc",
                line,
                "/dev/null")
            .redirectErrorStream(true);
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().putAll(environment);
    return new Terminal(builder.start());
  }

  private void read() {
    byte[] part = new byte[1024];
    InputStream in = process.getInputStream();
    try {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        synchronized (shown) {
          shown.write(part, 0, n);
          shown.notifyAll();
        }
      }
    } catch (IOException e) {
      // it is closed
      return;
    }
  }

  void type(String text) throws IOException {
    OutputStream out = process.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Waits until a text is shown. */
  void await(String text) throws InterruptedException {
    synchronized (shown) {
      while (!shown().contains(text)) {
        shown.wait();
      }
    }
  }

  String shown() {
    synchronized (shown) {
      return shown.toString(StandardCharsets.UTF_8);
    }
  }

  /** Exit status of the program. */
  int status() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
