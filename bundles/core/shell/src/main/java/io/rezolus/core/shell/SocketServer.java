package io.rezolus.core.shell;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts shell clients on a unix domain socket that only this process's user may open (mode 0600).
 * The framework property {@code rezolus.shell.socket} is the socket's path; without it there is no
 * shell.
 */
@Component(
    service = {},
    immediate = true)
public final class SocketServer {
  private static final Logger LOG = LoggerFactory.getLogger(SocketServer.class);
  private static final String PATH = "rezolus.shell.socket";

  /** Of st_mode, see inode(7). */
  private static final int TYPE_MASK = 0170000;

  private static final int SOCKET_TYPE = 0140000;

  /** For commands to notice that their connection is gone. */
  private static final long END_MILLIS = 3000;

  private final CommandProcessor processor;
  private final Completion completion;
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
  private Path path;
  private final ShellThreads threads = new ShellThreads();
  private ServerSocketChannel server;
  private MemoryGuard memory;

  @Activate
  public SocketServer(
      BundleContext context,
      @Reference CommandProcessor processor,
      @Reference Completion completion) {
    this.processor = processor;
    this.completion = completion;
    String property = context.getProperty(PATH);
    if (property == null) {
      return;
    }
    path = Path.of(property);
    try {
      server = listen(path);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("no shell: {}: {}; REZOLUS_SHELL_SOCKET names another place", path, reason(e));
      return;
    }
    memory = new MemoryGuard(this::cancelAll);
    threads.of("rezolus-shell", this::accept).start();
  }

  @Deactivate
  void deactivate() {
    if (server == null) {
      return;
    }
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("{} stays behind: {}", path, e.getMessage());
    }
    clients.forEach(SocketServer::close);
    memory.close();
    if (!threads.await(END_MILLIS)) {
      LOG.warn("a command of the shell goes on after its connection ended");
    }
  }

  /** Ends what every client runs now, for want of memory. */
  void cancelAll() {
    conversations.forEach(
        conversation -> conversation.cancel("cancelled: the agent has little memory left"));
  }

  private static ServerSocketChannel listen(Path path) throws IOException {
    if (path.getParent() != null && !Files.isDirectory(path.getParent())) {
      Files.createDirectories(
          path.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (answers(path)) {
      throw new IOException("in use by another agent");
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isSocket(path)) {
      throw new IOException("is not a socket");
    }
    Files.deleteIfExists(path);
    // bound under a name nobody knows and renamed once nobody else may open it
    Path hidden = path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(hidden);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(hidden));
      Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
      Files.move(hidden, path);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** By the type of the file itself, as stat(2) tells it; Java has no name for it. */
  private static boolean isSocket(Path path) throws IOException {
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & TYPE_MASK) == SOCKET_TYPE;
  }

  /** Some of Java's exceptions about files say only which file. */
  private static String reason(Exception e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    return e instanceof FileSystemException file && file.getReason() == null
        ? "cannot be created"
        : String.valueOf(e.getMessage());
  }

  private static boolean answers(Path path) {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      return false; // no such file, or left behind by a process that died
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        clients.add(client);
        if (!server.isOpen()) {
          close(client); // accepted while the others were closed
        }
        threads.of("rezolus-shell-client", () -> serve(client)).start();
      } catch (IOException e) {
        if (server.isOpen()) {
          LOG.warn("shell client refused: {}", e.getMessage());
        }
      }
    }
  }

  private void serve(SocketChannel client) {
    try (Conversation conversation = new Conversation(processor, completion, client, threads)) {
      conversations.add(conversation);
      try {
        conversation.run();
      } finally {
        conversations.remove(conversation);
      }
    } catch (IOException e) {
      LOG.debug("shell client gone: {}", e.getMessage());
    } finally {
      clients.remove(client);
      close(client);
    }
  }

  private static void close(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      LOG.debug("shell client: {}", e.getMessage());
    }
  }
}
