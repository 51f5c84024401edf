package io.rezolus.launcher;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An agent's shell. A request is one line; the answer is its output, a zero byte and the digit 0
 * where the command succeeded, 1 where it failed.
 */
final class ShellConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream answers;

  private ShellConnection(SocketChannel channel) {
    this.channel = channel;
    this.answers = new BufferedInputStream(Channels.newInputStream(channel));
  }

  static ShellConnection open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new ShellConnection(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * @param text output that nobody has seen yet; of a failed command, its error
   */
  record Answer(boolean succeeded, byte[] text) {}

  /**
   * @param live gets whole lines whenever the agent pauses; null to have all output in the answer
   */
  Answer ask(String line, OutputStream live) throws IOException {
    ByteBuffer request = StandardCharsets.UTF_8.encode(line.replace('\n', ' ') + '\n');
    while (request.hasRemaining()) {
      channel.write(request);
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int b;
    while ((b = next()) != 0) {
      text.write(b);
      if (live != null && b == '\n' && answers.available() == 0) {
        text.writeTo(live);
        live.flush();
        text.reset();
      }
    }
    return new Answer(next() == '0', text.toByteArray());
  }

  private int next() throws IOException {
    int b = answers.read();
    if (b < 0) {
      throw new EOFException("the agent ended it");
    }
    return b;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
