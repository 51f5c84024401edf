package io.rezolus.outputs.recorder;

import io.rezolus.core.api.snapshot.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The endpoints of a recording. Each is asked in a thread of its own and nobody waits for one: its
 * answer is handed on when it is there, so that a slow endpoint makes no other one late. Those that
 * never answered are tried again in the background.
 */
final class Feeds implements AutoCloseable {
  private final List<Feed> feeds;
  private final Runnable onNews;
  private final ExecutorService threads;
  private final Map<Feed, CompletableFuture<Void>> probes = new LinkedHashMap<>();
  private final Queue<News> news = new ConcurrentLinkedQueue<>();
  private final Set<Feed> asked = new LinkedHashSet<>();
  private final Set<Feed> askedAgain = new HashSet<>();
  private final Map<Feed, CompletableFuture<Void>> looks = new LinkedHashMap<>();

  /**
   * @param onNews called by any thread when {@link #deliver} has something to hand on
   */
  Feeds(List<Feed> feeds, Runnable onNews) {
    this.feeds = List.copyOf(feeds);
    this.onNews = onNews;
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

  /** Asks each active endpoint for a sample that does not owe one already. Never waits. */
  void ask() {
    for (Feed feed : feeds) {
      if (feed.active() && !ask(feed)) {
        feed.passedOver();
      }
    }
  }

  /** As {@link #ask}, and those that owe one once more as soon as they have answered. */
  void askLast() {
    askedAgain.addAll(asked);
    active().forEach(this::ask);
  }

  private boolean ask(Feed feed) {
    boolean idle = asked.add(feed);
    if (idle) {
      threads.execute(() -> take(feed));
    }
    return idle;
  }

  private void take(Feed feed) {
    try {
      Snapshot snapshot = feed.take();
      tell(new News(feed, snapshot, null, Stamp.wallNanos()));
    } catch (IOException | RuntimeException e) {
      tell(new News(feed, null, e, 0));
    }
  }

  /** Neither this sample waits for it nor the next one. */
  private void look(Feed feed, long nanos) {
    CompletableFuture<Void> running = looks.get(feed);
    if (feed.changed() && (running == null || running.isDone())) {
      Runnable look =
          () -> {
            if (feed.refresh()) {
              tell(new News(feed, null, null, nanos));
            }
          };
      looks.put(feed, CompletableFuture.runAsync(look, threads));
    }
  }

  private void tell(News item) {
    news.add(item);
    onNews.run();
  }

  /** Hands on what has come since the last time. Never waits. */
  void deliver(Receiver receiver) throws IOException {
    for (News item = news.poll(); item != null; item = news.poll()) {
      Feed feed = item.feed();
      if (item.snapshot() == null && item.failure() == null) {
        receiver.restarted(feed, item.nanos());
        continue;
      }
      if (!asked.remove(feed)) {
        // given up
        continue;
      }
      if (item.failure() == null) {
        receiver.sampled(feed, item.snapshot());
        look(feed, item.nanos());
      } else {
        receiver.missed(feed, reason(item.failure()));
      }
      if (askedAgain.remove(feed)) {
        ask(feed);
      }
    }
  }

  /** Whether a sample that was asked for has not been delivered. */
  boolean waiting() {
    return !asked.isEmpty();
  }

  /** Gives up the samples that are still being waited for. Nothing can be asked afterwards. */
  void giveUp(Receiver receiver) {
    cancel();
    for (Feed feed : asked) {
      receiver.missed(feed, "no answer when the recording was over");
    }
    asked.clear();
  }

  /**
   * Waits until it is known whether an endpoint was restarted just now.
   *
   * @param grace after which nobody will know
   */
  void awaitLooks(Duration grace) {
    try {
      CompletableFuture.allOf(looks.values().toArray(CompletableFuture[]::new))
          .get(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      looks.clear();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void cancel() {
    feeds.forEach(Feed::cancel);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Gets what the endpoints answer, in the order in which they do. */
  interface Receiver {
    void sampled(Feed feed, Snapshot snapshot) throws IOException;

    void missed(Feed feed, String why);

    /**
     * @param nanos wall clock when that was noticed
     */
    void restarted(Feed feed, long nanos);
  }

  /**
   * @param snapshot null where there is none
   * @param failure why there is none; null for a restart
   * @param nanos wall clock of the answer
   */
  private record News(Feed feed, Snapshot snapshot, Exception failure, long nanos) {}
}
