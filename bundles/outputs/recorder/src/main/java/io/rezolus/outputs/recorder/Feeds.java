package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The endpoints of a recording, asked at the same time so that a slow one does not make the others
 * late. Those that never answered are tried again in the background.
 */
final class Feeds implements AutoCloseable {
  private final List<Feed> feeds;
  private final ExecutorService threads;
  private final Map<Feed, CompletableFuture<Void>> probes = new LinkedHashMap<>();
  private final Map<Feed, Future<Snapshot>> samples = new LinkedHashMap<>();
  private volatile boolean late;

  Feeds(List<Feed> feeds) {
    this.feeds = List.copyOf(feeds);
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "rezolus-feed");
              thread.setDaemon(true);
              return thread;
            });
  }

  List<Feed> all() {
    return feeds;
  }

  List<Feed> active() {
    return feeds.stream().filter(Feed::active).toList();
  }

  /**
   * Tries every endpoint once, and returns when all of them have answered or not.
   *
   * @param bound how long that may take
   * @param patience after which those that have answered do not wait for the others
   */
  void probeAll(Duration bound, Duration patience) {
    probePending(bound);
    CompletableFuture<Void> all =
        CompletableFuture.allOf(probes.values().toArray(CompletableFuture[]::new));
    try {
      all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (active().isEmpty()) {
        all.join();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts another try for each endpoint that never answered and is not being tried. */
  void probePending(Duration bound) {
    for (Feed feed : feeds) {
      CompletableFuture<Void> running = probes.get(feed);
      if (!feed.active() && (running == null || running.isDone())) {
        probes.put(feed, CompletableFuture.runAsync(() -> feed.probe(bound), threads));
      }
    }
  }

  /**
   * Takes one sample of each active endpoint. Of several, one whose answer takes longer than {@code
   * patience} is left to a later round.
   */
  void sample(Duration patience, Receiver receiver) throws IOException {
    List<Feed> active = active();
    if (active.size() == 1) {
      Feed feed = active.get(0);
      Snapshot snapshot;
      try {
        snapshot = feed.take();
      } catch (IOException e) {
        missed(feed, e, receiver);
        return;
      }
      receiver.sampled(feed, snapshot);
      return;
    }
    for (Feed feed : active) {
      samples.computeIfAbsent(feed, each -> threads.submit(each::take));
    }
    long deadline = System.nanoTime() + patience.toNanos();
    for (Feed feed : active) {
      Future<Snapshot> sample = samples.get(feed);
      Snapshot snapshot;
      try {
        snapshot = sample.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // still under way; the others go on without it
        continue;
      } catch (ExecutionException e) {
        samples.remove(feed);
        missed(feed, e.getCause(), receiver);
        continue;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      samples.remove(feed);
      receiver.sampled(feed, snapshot);
    }
  }

  private void missed(Feed feed, Throwable e, Receiver receiver) {
    receiver.missed(feed, late ? "no answer when the recording was over" : reason(e));
  }

  void cancel() {
    feeds.forEach(Feed::cancel);
  }

  /** Gives up, after a while, the requests that have not been answered by then. */
  void cancelAfter(Duration time) {
    threads.execute(
        () -> {
          try {
            Thread.sleep(time.toMillis());
            late = true;
            cancel();
          } catch (InterruptedException e) {
            // the recording has ended before
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Gets what a round of sampling yields, in the order of the endpoints. */
  interface Receiver {
    void sampled(Feed feed, Snapshot snapshot) throws IOException;

    void missed(Feed feed, String why);
  }
}
