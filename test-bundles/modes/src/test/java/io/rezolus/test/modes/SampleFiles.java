package io.rezolus.test.modes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import io.rezolus.test.agent.SnapshotServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A short recording in every layout there is. Archives that were not ended have their log beside
 * them.
 */
final class SampleFiles {
  private static final int SNAPSHOTS = 20;
  private static final int TAR_BLOCK = 512;

  private final Path folder;
  private final List<Integer> ends = new ArrayList<>();

  private SampleFiles(Path folder) {
    this.folder = folder;
  }

  /** Records them with the commands of the distribution, as far as those write the layout. */
  static SampleFiles in(Path folder) throws Exception {
    SampleFiles files = new SampleFiles(Files.createDirectories(folder));
    files.record("run.parquet");
    files.record("run.rez");
    files.kill("killed.rez");
    files.raw();
    files.tars();
    Files.writeString(
        folder.resolve("metrics.txt"),
        """
        # HELP http_requests_total Requests.
        # TYPE http_requests_total counter
        http_requests_total{code="200"} 1027 1700000000000
        http_requests_total{code="500"} 3 1700000000000
        # TYPE latency_seconds histogram
        latency_seconds_bucket{le="0.1"} 5
        latency_seconds_bucket{le="+Inf"} 6
        latency_seconds_sum 0.5
        latency_seconds_count 6
        """);
    Files.writeString(
        folder.resolve("kpis.json"),
        """
        {"service_name":"demo","kpis":[{"role":"load","title":"Calls","query":"rate(syscall[1m])",
         "type":"delta_counter"}]}
        """);
    return files;
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Whether {@code run.raw} has a snapshot end there. */
  boolean isBoundary(int length) {
    return length == 0 || ends.contains(length);
  }

  private void record(String name) throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body)) {
      RunningMode.Outcome outcome = RunningMode.run(folder, recorder(agent, name, "-d", "1s"));
      assertEquals(0, outcome.status(), outcome.err());
    }
  }

  private void kill(String name) throws Exception {
    try (SnapshotServer agent = new SnapshotServer(0, body -> body);
        RunningMode record = RunningMode.start(folder, recorder(agent, name))) {
      agent.awaitServed(SNAPSHOTS);
      record.signal("KILL");
      record.end();
    }
  }

  private static String[] recorder(SnapshotServer agent, String name, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("record", "--url", "127.0.0.1:" + agent.port(), "-i", "50ms", "-o", name));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private void raw() throws IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    for (int n = 1; n <= SNAPSHOTS; n++) {
      raw.writeBytes(SnapshotServer.encode(n));
      ends.add(raw.size());
    }
    Files.write(file("run.raw"), raw.toByteArray());
    Files.write(file("run.raw.zst"), Zstd.compress(raw.toByteArray()));
  }

  private void tars() throws IOException {
    byte[] parquet = Files.readAllBytes(file("run.parquet"));
    String manifest =
        """
        {"version":2,"recordings":[{"dir":"0","labels":{"source":"rezolus"},"metadata":{},
         "complete":true,"tables":[{"sampler":"demo","files":[%s],"rows":20,"cadence_ns":null}]}]}
        """;
    ByteArrayOutputStream old = new ByteArrayOutputStream();
    tarEntry(old, "0/demo/0000.parquet", parquet);
    tarEntry(old, "manifest.json", bytes(manifest.formatted("\"demo/0000.parquet\"")));
    tarEntry(old, "0/demo/0001.parquet", parquet);
    tarEntry(
        old,
        "manifest.json",
        bytes(manifest.formatted("\"demo/0000.parquet\",\"demo/0001.parquet\"")));
    old.writeBytes(new byte[2 * TAR_BLOCK]);
    Files.write(file("old.rez"), old.toByteArray());
    ByteArrayOutputStream pair = new ByteArrayOutputStream();
    tarEntry(pair, "baseline.parquet", parquet);
    tarEntry(pair, "experiment.parquet", parquet);
    tarEntry(
        pair,
        "ab.json",
        bytes(
            "{\"version\":1,\"baseline\":{\"alias\":\"a\",\"sources\":[\"a\"]},"
                + "\"experiment\":{\"alias\":\"b\",\"sources\":[\"b\"]}}"));
    pair.writeBytes(new byte[2 * TAR_BLOCK]);
    Files.write(file("ab.tar"), pair.toByteArray());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Appends a file to a tar. */
  static void tarEntry(ByteArrayOutputStream tar, String name, byte[] bytes) {
    tarHeader(tar, name, bytes.length, '0');
    tar.writeBytes(bytes);
    tar.writeBytes(new byte[(TAR_BLOCK - bytes.length % TAR_BLOCK) % TAR_BLOCK]);
  }

  /** Appends the header of a file of a type to a tar. */
  static void tarHeader(ByteArrayOutputStream tar, String name, long length, char type) {
    byte[] header = new byte[TAR_BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 124, String.format("%011o\0", length));
    put(header, 136, "00000000000\0");
    put(header, 148, "        ");
    put(header, 156, Character.toString(type));
    put(header, 157, type == '2' ? "/etc/passwd" : "");
    put(header, 257, "ustar  \0");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xFF;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    tar.writeBytes(header);
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, header.length - at));
  }
}
