package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in the foreground, its configuration file, and the commands that ask it. */
class AgentTest {
  private static final String ANY_PORT = "[general]\nlisten = \"127.0.0.1:0\"\n";

  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void configuration() throws Exception {
    config = folder.resolve("agent.toml");
    Files.writeString(config, ANY_PORT);
  }

  @Test
  void an_edit_that_is_wrong_is_told_until_it_is_mended() throws Exception {
    try (RunningMode agent = RunningMode.start(folder, "agent.toml")) {
      String url = agent.url();
      Files.writeString(config, ANY_PORT + "[samplers.memory_vmstat]\nenabled = false\n");
      agent.await("agent.toml: applied");
      RunningMode.Outcome status = RunningMode.run(folder, "status", url);
      assertEquals(0, status.status(), status.err());
      assertTrue(status.out().contains("switched off: memory_vmstat\n"), status.out());
      Files.writeString(config, ANY_PORT + "ttl = \"soon\"\n");
      agent.await("agent.toml:3: general.ttl: \"soon\"");
      status = RunningMode.run(folder, "status", url);
      assertTrue(status.out().contains("configuration: agent.toml:3: general.ttl"), status.out());
      assertTrue(status.out().contains("switched off: memory_vmstat\n"), status.out());
      Files.writeString(config, ANY_PORT + "ttl = \"1s\"\n");
      agent.await("applied\n", 2);
      status = RunningMode.run(folder, "status", url);
      assertFalse(status.out().contains("configuration:"), status.out());
      assertFalse(status.out().contains("switched off:"), status.out());
      assertTrue(status.out().contains("ttl 1s"), status.out());
      agent.signal("TERM");
      assertEquals(0, agent.end().status());
    }
  }

  @Test
  void an_agent_moves_to_another_address_as_soon_as_it_is_free() throws Exception {
    try (RunningMode agent = RunningMode.start(folder, "agent.toml")) {
      agent.url();
      String address;
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        address = "127.0.0.1:" + taken.getLocalPort();
        Files.writeString(config, "[general]\nlisten = \"" + address + "\"\n");
        agent.await(address + ": cannot listen here");
      }
      agent.await("listening on http://" + address);
      assertEquals(0, RunningMode.run(folder, "status", address).status());
    }
  }

  @Test
  void without_root_it_runs_with_what_needs_no_privilege_and_has_its_shell() throws Exception {
    assumeRoot();
    Path home = folder.resolve("home");
    Files.createDirectory(home);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    new ProcessBuilder("chown", "65534:65534", home.toString()).start().waitFor();
    List<String> nobody =
        List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");
    assumeTrue(
        new ProcessBuilder("setpriv", "--reuid", "65534", "test", "-x", distribution())
                .start()
                .waitFor()
            == 0,
        "the distribution is not readable by other users");
    Map<String, String> environment =
        Map.of(
            "HOME", home.toString(),
            "XDG_RUNTIME_DIR", home.toString(),
            "REZOLUS_SHELL_SOCKET", home.resolve("shell.sock").toString());
    try (RunningMode agent = RunningMode.start(nobody, folder, environment, "agent.toml")) {
      String url = agent.url();
      RunningMode.Outcome samplers = RunningMode.run(folder, "samplers", url);
      assertTrue(samplers.out().contains("no privilege to load BPF programs"), samplers.out());
      assertEquals(0, RunningMode.run(folder, "status", url).status());
      try (RunningMode shell =
          RunningMode.start(nobody, folder, environment, "shell", "rezolus:why memory_meminfo")) {
        RunningMode.Outcome said = shell.end();
        assertEquals(
            "memory_meminfo is active: every part of it collects\n", said.out(), said.err());
      }
    }
  }

  @Test
  void native_libraries_find_a_place_where_temporary_files_may_not_be_executed() throws Exception {
    assumeRoot();
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    String mounted = "mount -t tmpfs -o noexec none " + temporary + " && exec \"$@\"";
    List<String> wrapper = List.of("unshare", "-m", "sh", "-c", mounted, "sh");
    assumeTrue(
        new ProcessBuilder("unshare", "-m", "sh", "-c", mounted, "sh", "true").start().waitFor()
            == 0,
        "no file system may be mounted here");
    try (RunningMode agent =
        RunningMode.start(wrapper, folder, Map.of("TMPDIR", temporary.toString()), "agent.toml")) {
      String url = agent.url();
      RunningMode.Outcome samplers = RunningMode.run(folder, "samplers", url, "--json");
      assertFalse(samplers.out().contains("native library"), samplers.out());
      assertFalse(samplers.out().contains("UnsatisfiedLinkError"), samplers.out());
      assertTrue(samplers.out().contains("\"name\":\"rezolus_rusage\",\"state\":\"active\""));
      agent.signal("TERM");
      assertEquals(0, agent.end().status());
    }
  }

  @Test
  void a_kernel_without_its_types_is_told_of_and_a_file_may_have_them() throws Exception {
    assumeRoot();
    Path types = Path.of("/sys/kernel/btf/vmlinux");
    assumeTrue(Files.exists(types), "this kernel has no " + types);
    Path copy = folder.resolve("vmlinux");
    Files.write(copy, Files.readAllBytes(types));
    String hidden = "mount -t tmpfs none " + types.getParent() + " && exec \"$@\"";
    List<String> wrapper = List.of("unshare", "-m", "sh", "-c", hidden, "sh");
    assumeTrue(
        new ProcessBuilder("unshare", "-m", "sh", "-c", hidden, "sh", "true").start().waitFor()
            == 0,
        "no file system may be mounted here");
    try (RunningMode agent = RunningMode.start(wrapper, folder, Map.of(), "agent.toml")) {
      RunningMode.Outcome status = RunningMode.run(folder, "status", agent.url());
      assertEquals(0, status.status(), status.out());
      assertTrue(status.out().contains("3 healthy, 5 unsupported"), status.out());
      assertTrue(status.out().contains("this kernel has no " + types), status.out());
      agent.signal("TERM");
      agent.end();
    }
    Files.writeString(config, ANY_PORT + "btf_path = \"" + copy + "\"\n");
    try (RunningMode agent = RunningMode.start(wrapper, folder, Map.of(), "agent.toml")) {
      RunningMode.Outcome samplers = RunningMode.run(folder, "samplers", agent.url());
      assertTrue(
          samplers
              .out()
              .lines()
              .anyMatch(line -> line.matches("syscall_counts +active +healthy.*")),
          samplers.out());
      agent.signal("TERM");
      agent.end();
    }
  }

  @Test
  void what_is_no_configuration_is_told_in_a_line() throws Exception {
    Files.createDirectory(folder.resolve("folder.toml"));
    Files.write(folder.resolve("bytes.toml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    Files.writeString(folder.resolve("level.toml"), ANY_PORT + "[log]\nlevel = \"loud\"\n");
    refused(1, "folder.toml: not a file", "folder.toml");
    refused(1, "bytes.toml: not a text in UTF-8", "bytes.toml");
    refused(1, "gone.toml: no such configuration file", "gone.toml");
    refused(1, "level.toml:4: log.level: \"loud\"", "level.toml");
    refused(2, "rezolus config/agent.toml", "agent");
    refused(2, "did you mean 'record'?", "recrod");
    refused(2, "-v: unexpected", "agent.toml", "-v");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Files.writeString(config, "[general]\nlisten = \"" + address + "\"\n");
      refused(1, address + ": cannot listen here: Address already in use", "agent.toml");
    }
  }

  @Test
  void who_asks_the_wrong_place_is_told_so() throws Exception {
    refused(1, "127.0.0.1:1: connection refused", "status", "127.0.0.1:1");
    refused(1, "no such host", "status", "no-such-host.invalid:4241");
    refused(2, "localhost:99999: not an agent's address", "samplers", "localhost:99999");
    refused(2, "ftp://x: not an agent's address", "status", "ftp://x");
    refused(1, "no agent's shell answers here", "shell", "rezolus:samplers");
  }

  private static String distribution() {
    return Path.of(System.getProperty("rezolus.distribution"), "bin", "rezolus").toString();
  }

  private static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root to run as another user");
  }

  private void refused(int status, String names, String... arguments) throws Exception {
    RunningMode.Outcome outcome = RunningMode.run(folder, arguments);
    String all = String.join(" ", arguments) + ": " + outcome.err();
    assertEquals(status, outcome.status(), all);
    assertEquals("", outcome.out(), all);
    assertEquals(1, outcome.err().lines().count(), all);
    assertTrue(outcome.err().contains(names), all);
  }
}
