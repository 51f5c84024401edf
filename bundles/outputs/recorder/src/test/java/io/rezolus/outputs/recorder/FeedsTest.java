package io.rezolus.outputs.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.command.StopSwitch;
import io.rezolus.test.agent.SnapshotServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FeedsTest implements Feeds.Receiver {
  private final StopSwitch news = new StopSwitch();
  private final List<Feed> sampled = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();
  private final List<Feed> restarted = new ArrayList<>();

  @Test
  void a_hung_one_is_asked_once_and_the_other_one_at_every_tick() throws IOException {
    Source hung = new Source(true);
    Source quick = new Source(false);
    Feed one = Feed.of("hung", hung);
    Feed two = Feed.of("quick", quick);
    try (Feeds feeds = new Feeds(List.of(one, two), news::wake)) {
      for (int tick = 1; tick <= 20; tick++) {
        feeds.ask();
        await(feeds, two, tick);
      }
      assertEquals(1, hung.taken);
      assertEquals(19, one.unasked());
      assertEquals(20, quick.taken);
      assertEquals(0, two.unasked());
      // its answer is taken when it comes, and then it is asked again
      hung.answer.countDown();
      await(feeds, one, 1);
      feeds.ask();
      await(feeds, one, 2);
    }
  }

  @Test
  void one_that_still_answers_at_the_end_is_asked_once_more_afterwards() throws IOException {
    Source slow = new Source(true);
    Feed feed = Feed.of("slow", slow);
    try (Feeds feeds = new Feeds(List.of(feed), news::wake)) {
      feeds.ask();
      feeds.askLast();
      slow.answer.countDown();
      await(feeds, feed, 2);
      assertEquals(2, slow.taken);
      assertEquals(0, feed.unasked());
    }
  }

  @Test
  void what_is_given_up_counts_as_missed_once() throws IOException {
    Source hung = new Source(true);
    Feed feed = Feed.of("hung", hung);
    try (Feeds feeds = new Feeds(List.of(feed), news::wake)) {
      feeds.ask();
      assertTrue(feeds.waiting());
      feeds.giveUp(this);
      feeds.deliver(this);
      assertEquals(List.of("no answer when the recording was over"), missed);
    }
  }

  @Test
  void a_look_at_one_that_was_restarted_keeps_no_sample_waiting() throws IOException {
    Source source = new Source(false);
    source.restarts = new CountDownLatch(1);
    Feed feed = Feed.of("restarted", source);
    try (Feeds feeds = new Feeds(List.of(feed), news::wake)) {
      for (int tick = 1; tick <= 5; tick++) {
        feeds.ask();
        await(feeds, feed, tick);
      }
      source.restarts.countDown();
      while (restarted.isEmpty()) {
        news.awaitUntil(System.nanoTime() + 1_000_000_000);
        feeds.deliver(this);
      }
      assertEquals(List.of(feed), restarted);
    }
  }

  private void await(Feeds feeds, Feed feed, int samples) throws IOException {
    while (sampled.stream().filter(each -> each == feed).count() < samples) {
      news.awaitUntil(System.nanoTime() + 1_000_000_000);
      feeds.deliver(this);
    }
  }

  @Override
  public void sampled(Feed feed, Snapshot snapshot) {
    sampled.add(feed);
  }

  @Override
  public void missed(Feed feed, String why) {
    missed.add(why);
  }

  @Override
  public void restarted(Feed feed, long nanos) {
    restarted.add(feed);
  }

  /** Answers at once, or only when it is let to. */
  private static final class Source implements SampleSource {
    private final CountDownLatch answer;
    private CountDownLatch restarts;
    private volatile int taken;

    Source(boolean hung) {
      answer = new CountDownLatch(hung ? 1 : 0);
    }

    @Override
    public Snapshot sample() throws IOException {
      taken++;
      try {
        answer.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return SnapshotServer.snapshot(taken);
    }

    @Override
    public boolean entries() {
      return false;
    }

    @Override
    public void cancel() {
      answer.countDown();
    }

    @Override
    public SourceDetails details() {
      return new SourceDetails(Protocol.MSGPACK, "rezolus", "here", null, null, null);
    }

    @Override
    public boolean changed() {
      return restarts != null;
    }

    @Override
    public boolean refresh() {
      try {
        restarts.await();
        return true;
      } catch (InterruptedException e) {
        return false;
      }
    }
  }
}
