package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.command.StopSwitch;
import io.rezolus.libs.recording.RecordedColumn;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.test.agent.TextServer;
import io.rezolus.wraps.parquet.Longs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What endpoints that are slow, or hang, do to the samples of others and to the end. */
@Timeout(300)
class PaceTest {
  /** How often a busy machine may spoil what is compared. */
  private static final int TRIES = 5;

  private static final long INTERVAL_NANOS = 100_000_000;

  @TempDir Path dir;
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final List<AutoCloseable> servers = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void closeServers() throws Exception {
    over.countDown();
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  @Test
  void one_that_hangs_costs_another_one_no_sample() throws Exception {
    // the probe and one sample are answered
    compare(n -> n <= 2 ? 0 : 3_600_000);
    assertTrue(said().contains("sample missed: no answer within 2000 ms"), said());
  }

  @Test
  void one_that_is_slow_costs_another_one_no_sample() throws Exception {
    // at 100 ms: answers in the middle of an interval, again and again
    compare(n -> n == 1 ? 0 : 350);
  }

  /** Records one endpoint alone and, at the same time, beside another one. */
  private void compare(IntFunction<Integer> delayMillis) throws Exception {
    String ratios = "";
    for (int i = 0; i < TRIES; i++) {
      AtomicInteger asked = new AtomicInteger();
      int alone = text(n -> hits(asked.incrementAndGet()));
      int quick = text(PaceTest::hits);
      int slow =
          text(
              n -> {
                delay(delayMillis.apply(n));
                return hits(n);
              });
      StopSwitch stop = new StopSwitch();
      Path control = dir.resolve(i + "c.parquet");
      Path mixed = dir.resolve(i + "m.parquet");
      FutureTask<Integer> one = record(stop, control, alone + ",source=a");
      FutureTask<Integer> two = record(stop, mixed, quick + ",source=a", slow + ",source=b");
      while (asked.get() < 40) {
        Thread.sleep(5);
      }
      stop.stop();
      assertEquals(0, one.get(), this::said);
      assertEquals(0, two.get(), this::said);
      int had = samples(mixed, "hits", "a").size();
      int due = samples(control, "hits", "a").size();
      if (had >= 0.85 * due) {
        assertTrue(said().contains("answered more slowly than once an interval"), said());
        return;
      }
      ratios += had + " of " + due + "; ";
    }
    throw new AssertionError(ratios);
  }

  @Test
  void the_answers_of_a_slow_one_are_in_the_rows_of_their_time() throws Exception {
    ChangingAgent slow = new ChangingAgent();
    servers.add(slow);
    slow.slowDown(3 * INTERVAL_NANOS / 1_000_000 + 30);
    int quick = text(PaceTest::hits);
    StopSwitch stop = new StopSwitch();
    Path out = dir.resolve("x.parquet");
    FutureTask<Integer> run = record(stop, out, quick + ",source=a", Integer.toString(slow.port()));
    while (slow.served() < 10) {
      Thread.sleep(5);
    }
    stop.stop();
    assertEquals(0, run.get(), this::said);
    Map<Long, Long> samples = samples(out, "syscall", "rezolus");
    // neither the probe nor the one that was under way at the end
    assertEquals(8, samples.size(), samples::toString);
    samples.forEach(
        (time, value) -> {
          long taken = slow.times().get((int) (value / 100));
          assertTrue(Math.abs(time - taken) <= INTERVAL_NANOS / 2, time + " for " + taken);
        });
    assertTrue(samples(out, "hits", "a").size() > samples.size());
  }

  @Test
  void a_command_is_killed_at_its_time_and_not_when_an_endpoint_has_answered() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      Path killed = dir.resolve("killed" + i);
      // the first sample comes at once, and the next when the command is being ended
      int port =
          text(
              n -> {
                while (n > 2 && !Files.exists(killed) && over.getCount() > 0) {
                  delay(2);
                }
                return hits(n);
              });
      Path out = dir.resolve(i + ".parquet");
      String script = "trap 'echo > " + killed + "; exit' TERM; while :; do sleep 0.1; done";
      assertEquals(
          124,
          run(
              new StopSwitch(),
              List.of("--url", "localhost:" + port, "-o", out.toString(), "-i", "500ms"),
              List.of("-d", "1500ms", "--", "sh", "-c", script)),
          this::said);
      if (samples(out, "hits", null).size() == 2) {
        return;
      }
    }
    throw new AssertionError("the second sample was given up before the command was: " + said());
  }

  private static String hits(int n) {
    return "# TYPE hits counter\nhits " + n + "\n";
  }

  private void delay(long millis) {
    try {
      over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int text(IntFunction<String> text) throws IOException {
    TextServer server = new TextServer(text);
    servers.add(server);
    return server.port();
  }

  private FutureTask<Integer> record(StopSwitch stop, Path out, String... specs) {
    List<String> words = new ArrayList<>(List.of("-o", out.toString(), "-i", "100ms"));
    for (String spec : specs) {
      words.addAll(List.of("--endpoint", "localhost:" + spec));
    }
    FutureTask<Integer> task = new FutureTask<>(() -> run(stop, words, List.of()));
    new Thread(task, "recorder").start();
    return task;
  }

  private int run(StopSwitch stop, List<String> words, List<String> more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(more);
    return RecordRun.of(stop, messages, all.toArray(String[]::new));
  }

  private String said() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  /**
   * Values of a metric by the time of their rows.
   *
   * @param source null for any
   */
  private static Map<Long, Long> samples(Path file, String metric, String source)
      throws IOException {
    Table table = ParquetRecording.open(file).table();
    Map<Long, Long> samples = new TreeMap<>();
    for (RecordedColumn column : table.columns()) {
      if (column.metric().equals(metric)
          && (source == null || column.label("source").equals(source))) {
        for (int part = 0; part < table.parts(); part++) {
          Longs longs = table.values(column, part);
          long[] times = table.timestamps(part);
          longs.present().stream().forEach(row -> samples.put(times[row], longs.values()[row]));
        }
      }
    }
    return samples;
  }
}
