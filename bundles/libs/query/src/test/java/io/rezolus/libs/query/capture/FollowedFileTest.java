package io.rezolus.libs.query.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Metric;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.recording.SampleCache;
import io.rezolus.libs.recording.rez.RezWriter;
import io.rezolus.libs.recording.rez.RezWriterOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_700_000_000L * SECOND;
  private static final long PATIENCE_MILLIS = 30_000;
  private static final Metric CALLS = Metric.counter("calls", "calls", "Calls.");
  private static final QueryEngine ENGINE = new QueryEngine(QueryOptions.DEFAULT);

  @TempDir Path folder;

  private final SampleCache cache = new SampleCache(1 << 24);

  private static RezWriter writer(Path path) throws IOException {
    RezWriterOptions options = RezWriterOptions.standard(START).withSegmentRows(10);
    return RezWriter.create(path, Map.of("source", "test"), Map.of(), options);
  }

  /** Second {@code s} of counters of which {@code n} have the value {@code s}. */
  private static void append(RezWriter writer, int s, int n) throws IOException {
    Schema.Builder schema = new Schema.Builder();
    for (int i = 0; i < n; i++) {
      schema.add(MetricKind.COUNTER, Member.scalar("test", CALLS.with("id", Integer.toString(i))));
    }
    GroupData group = new GroupData("test/main", schema.build());
    for (int i = 0; i < n; i++) {
      group.counter(i, s);
    }
    writer.append(
        new Snapshot(START + s * SECOND, 0, Map.of(), List.of(group)), START + s * SECOND, 0);
    writer.sealDue();
  }

  private static int rows(CatalogSource source) {
    QueryResult.Vector answer =
        (QueryResult.Vector)
            ENGINE.instant(source, "sum(count_over_time(calls[1h]))", START + 3000 * SECOND);
    return answer.series().isEmpty() ? 0 : (int) answer.series().get(0).samples().value(0);
  }

  private static void awaitRows(Supplier<CatalogSource> source, int rows) throws Exception {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (rows(source.get()) != rows) {
      assertTrue(System.currentTimeMillis() < end, () -> rows(source.get()) + " rows");
      Thread.sleep(5);
    }
  }

  @Test
  void rows_that_are_written_meanwhile_are_there_for_the_next_query() throws Exception {
    Path path = folder.resolve("growing.rez");
    try (RezWriter writer = writer(path)) {
      append(writer, 0, 2);
      try (FollowedFile file = FollowedFile.open(path, cache)) {
        Supplier<CatalogSource> source = file.part(0);
        CatalogSource before = source.get();
        assertEquals(2, rows(before));
        for (int s = 1; s < 35; s++) {
          append(writer, s, 2);
        }
        awaitRows(source, 70);
        assertEquals(START + 34 * SECOND, source.get().endNanos());
        // what a query has begun with stays what it was
        assertEquals(START, before.endNanos());
        assertEquals(2, rows(before));
        append(writer, 35, 3);
        awaitRows(source, 73);
        writer.close();
        awaitRows(source, 73);
      }
    }
  }

  @Test
  void a_file_that_does_not_change_is_not_opened_again() throws Exception {
    Path path = folder.resolve("still.rez");
    try (RezWriter writer = writer(path)) {
      append(writer, 0, 1);
      try (FollowedFile file = FollowedFile.open(path, cache)) {
        assertSame(file.part(0).get(), file.part(0).get());
        CatalogSource before = file.part(0).get();
        append(writer, 1, 1);
        awaitRows(file.part(0), 2);
        assertNotSame(before, file.part(0).get());
        assertSame(file.part(0).get(), file.part(0).get());
      }
    }
  }

  @Test
  void every_state_that_is_seen_is_one_that_was_committed() throws Exception {
    Path path = folder.resolve("busy.rez");
    AtomicBoolean done = new AtomicBoolean();
    try (RezWriter writer = writer(path)) {
      append(writer, 0, 4);
      Thread writing =
          new Thread(
              () -> {
                try {
                  for (int s = 1; s < 400; s++) {
                    append(writer, s, 4);
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                } finally {
                  done.set(true);
                }
              });
      try (FollowedFile file = FollowedFile.open(path, cache)) {
        writing.start();
        int last = 0;
        while (!done.get()) {
          CatalogSource source = file.part(0).get();
          int rows = rows(source);
          // all series of a tick are committed together
          assertEquals(4 * ((source.endNanos() - START) / SECOND + 1), rows);
          assertTrue(rows >= last, rows + " after " + last);
          last = rows;
        }
        writing.join();
        awaitRows(file.part(0), 1600);
      } finally {
        writing.join();
      }
    }
  }

  @Test
  void a_recording_that_goes_on_after_its_end_is_followed_too() throws Exception {
    Path path = folder.resolve("ended.rez");
    try (RezWriter writer = writer(path)) {
      append(writer, 0, 1);
    }
    try (FollowedFile file = FollowedFile.open(path, cache);
        RezWriter again = RezWriter.adopt(path, RezWriterOptions.standard(START))) {
      assertEquals(1, rows(file.part(0).get()));
      append(again, 1, 1);
      awaitRows(file.part(0), 2);
    }
  }

  @Test
  void an_archive_that_takes_the_place_of_another_is_opened() throws Exception {
    Path path = folder.resolve("a.rez");
    Path other = folder.resolve("b.rez");
    try (RezWriter writer = writer(path)) {
      append(writer, 0, 1);
    }
    try (RezWriter writer = writer(other)) {
      append(writer, 0, 5);
      append(writer, 1, 5);
    }
    try (FollowedFile file = FollowedFile.open(path, cache)) {
      assertEquals(1, rows(file.part(0).get()));
      Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
      assertEquals(10, rows(file.part(0).get()));
      Files.delete(path);
      assertEquals(10, rows(file.part(0).get()));
    }
  }

  @Test
  void a_file_that_is_cut_is_told_in_one_line_until_it_is_whole_again() throws Exception {
    Path path = folder.resolve("a.rez");
    Path whole = folder.resolve("whole.rez");
    try (RezWriter writer = writer(path)) {
      for (int s = 0; s < 30; s++) {
        append(writer, s, 5);
      }
    }
    Files.copy(path, whole);
    try (FollowedFile file = FollowedFile.open(path, cache)) {
      for (int length : new int[] {9000, 100, 0}) {
        try (RandomAccessFile cut = new RandomAccessFile(path.toFile(), "rw")) {
          cut.setLength(length);
        }
        for (int again = 0; again < 2; again++) {
          QueryException e = assertThrows(QueryException.class, () -> rows(file.part(0).get()));
          assertEquals(QueryException.Kind.EXECUTION, e.kind());
          assertTrue(e.getMessage().contains(path.toString()), e.getMessage());
          assertEquals(1, e.getMessage().lines().count(), e.getMessage());
          assertTrue(
              !e.getMessage().contains("SQLITE") && !e.getMessage().contains("Exception"),
              e.getMessage());
        }
      }
      Files.copy(whole, path, StandardCopyOption.REPLACE_EXISTING);
      assertEquals(150, rows(file.part(0).get()));
    }
  }

  @Test
  void a_flat_recording_that_is_replaced_is_opened_and_never_mixed_with_the_one_before()
      throws Exception {
    Path path = copied("demo.parquet", "run.parquet");
    try (FollowedFile file = FollowedFile.open(path, cache)) {
      CatalogSource before = file.part(0).get();
      assertEquals(1, count(before, "memory_total"));
      Files.move(
          copied("simple_capture.parquet", "new.parquet"),
          path,
          StandardCopyOption.REPLACE_EXISTING);
      QueryException e = assertThrows(QueryException.class, () -> count(before, "cpu_usage"));
      assertEquals(path + ": was replaced or changed while it was read; ask again", e.getMessage());
      assertEquals(0, count(file.part(0).get(), "memory_total"));
      assertTrue(count(file.part(0).get(), "{__name__!=\"\"}") > 0);
      // half of a copy
      byte[] bytes = Files.readAllBytes(path);
      Files.write(path, java.util.Arrays.copyOf(bytes, bytes.length / 2));
      e = assertThrows(QueryException.class, () -> count(file.part(0).get(), "memory_total"));
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
      Files.write(path, bytes);
      assertTrue(count(file.part(0).get(), "{__name__!=\"\"}") > 0);
    }
  }

  private static int count(CatalogSource source, String selector) {
    QueryResult answer =
        ENGINE.instant(source, "last_over_time(" + selector + "[1h])", source.endNanos());
    return ((QueryResult.Vector) answer).series().size();
  }

  private Path copied(String name, String as) throws IOException {
    Path data = Path.of(System.getProperty("rezolus.testdata", "."), "recordings", name);
    assumeTrue(Files.exists(data), "needs -Drezolus.testdata with " + data);
    return Files.copy(data, folder.resolve(as));
  }
}
