package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.libs.recording.StagedFile;
import io.rezolus.libs.recording.spool.Spool;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Keeps the samples of each endpoint as msgpack beside its file until the end, and then makes
 * parquet of them or leaves them as they are.
 */
final class SpoolOutput implements Output {
  private final RecordingPlan plan;
  private final List<Feed> feeds;
  private final PrintStream messages;
  private final Map<Feed, Store> stores = new LinkedHashMap<>();
  private final Set<Path> targets = new HashSet<>();
  private final EarlyGroups together;

  /**
   * @param feeds the endpoints; those that are not there get their spool with their first sample
   */
  SpoolOutput(RecordingPlan plan, List<Feed> feeds, PrintStream messages)
      throws IOException, CommandException {
    this.plan = plan;
    this.feeds = feeds;
    this.messages = messages;
    requirePlaces();
    try {
      for (Feed feed : feeds) {
        if (feed.active()) {
          open(feed);
        }
      }
    } catch (IOException e) {
      discard();
      throw e;
    }
    together = combined() ? groups(plan.output()) : null;
  }

  /** Whether several endpoints become one file. */
  private boolean combined() {
    return feeds.size() > 1 && !plan.separate();
  }

  @Override
  public void append(Feed feed, Snapshot snapshot) throws IOException {
    Store store = stores.get(feed);
    if (store == null) {
      store = open(feed);
    }
    store.buffer.clear();
    store.encoder.encode(snapshot, store.buffer);
    store.spool.append(store.buffer.toByteArray());
    if (store.groups != null) {
      store.groups.add(0, snapshot);
    } else if (together != null) {
      together.add(feeds.indexOf(feed), snapshot);
    }
  }

  @Override
  public void tick() {
    // every sample is on its way to the disk when it has been appended
  }

  @Override
  public List<String> finish(List<Feed> recorded) throws IOException {
    for (Map.Entry<Feed, Store> entry : stores.entrySet()) {
      if (!recorded.contains(entry.getKey())) {
        entry.getValue().spool.discard();
      }
    }
    List<Spooled> spooled = new ArrayList<>();
    for (Feed feed : recorded) {
      Store store = stores.get(feed);
      int source = feeds.indexOf(feed);
      spooled.add(new Spooled(feed, source, store.spool, store.target, store.groups));
    }
    if (plan.format() == OutputFormat.RAW) {
      return publish(spooled);
    }
    ParquetFinish finish = new ParquetFinish(plan, messages);
    return combined() ? finish.together(spooled, together) : finish.each(spooled);
  }

  private List<String> publish(List<Spooled> spooled) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Spooled each : spooled) {
      each.spool().publish(each.target());
      lines.add(ParquetFinish.line(each.target(), each.feed().samples()));
    }
    return lines;
  }

  @Override
  public void discard() throws IOException {
    for (Store store : stores.values()) {
      store.spool.discard();
    }
  }

  @Override
  public String kept() {
    return String.join(
        ", ", stores.values().stream().map(store -> store.spool.path().toString()).toList());
  }

  @Override
  public List<Path> partials() {
    List<Path> partials = new ArrayList<>();
    partials.add(StagedFile.partial(plan.output()));
    for (Store store : stores.values()) {
      partials.add(StagedFile.partial(store.target));
    }
    return partials;
  }

  @Override
  public void close() throws IOException {
    if (together != null) {
      together.close();
    }
    for (Store store : stores.values()) {
      if (store.groups != null) {
        store.groups.close();
      }
      store.spool.close();
    }
  }

  private Store open(Feed feed) throws IOException {
    Path target =
        feeds.size() > 1 || plan.separate() ? named(feed.details().name(), targets) : plan.output();
    Path file = target.toAbsolutePath();
    Spool spool = plan.format() == OutputFormat.RAW ? Spool.createPlain(file) : Spool.create(file);
    for (Path leftover : spool.leftovers()) {
      messages.println(
          leftover
              + ": left by a recording that did not finish; \"rezolus recording convert "
              + leftover
              + "\" makes a recording of it");
    }
    spool.describe(Footer.atStart(plan, feed, null));
    Store store = new Store(spool, target, combined() ? null : groups(target));
    stores.put(feed, store);
    return store;
  }

  /** Row groups to be made meanwhile; null where there can be none. */
  private EarlyGroups groups(Path target) {
    if (plan.format() != OutputFormat.PARQUET) {
      return null;
    }
    try {
      return combined()
          ? EarlyGroups.ofSeveral(
              target,
              plan.interval(),
              IntStream.range(0, feeds.size()).filter(i -> feeds.get(i).active()).boxed().toList())
          : EarlyGroups.ofOne(target, feeds.size());
    } catch (IOException e) {
      // the spool is there
      return null;
    }
  }

  /** Refuses files of endpoints that could not be written in the end. */
  private void requirePlaces() throws CommandException {
    if (feeds.size() == 1 && !plan.separate() || combined() && plan.format() != OutputFormat.RAW) {
      return;
    }
    Set<Path> places = new HashSet<>();
    for (Feed feed : feeds) {
      for (String name : feed.names()) {
        Outputs.requireReplaceable(named(name, places));
      }
    }
  }

  /** A file beside the output with the source in its name, unlike those that are taken. */
  private Path named(String source, Set<Path> taken) {
    String file = plan.output().getFileName().toString();
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    String extension = dot > 0 ? file.substring(dot) : "";
    String name = stem + "_" + source.replaceAll("[^A-Za-z0-9._-]", "_");
    Path path = plan.output().resolveSibling(name + extension);
    for (int number = 2; !taken.add(path); number++) {
      path = plan.output().resolveSibling(name + "_" + number + extension);
    }
    return path;
  }

  /**
   * What one endpoint left in its spool.
   *
   * @param source position of the endpoint
   * @param target its own file, where each has one
   * @param groups the same as row groups; null where there are none
   */
  record Spooled(Feed feed, int source, Spool spool, Path target, EarlyGroups groups) {}

  /** Where one endpoint's samples go. */
  private static final class Store {
    private final Spool spool;
    private final Path target;
    private final SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
    private final MsgpackBuffer buffer = new MsgpackBuffer();
    private final EarlyGroups groups;

    Store(Spool spool, Path target, EarlyGroups groups) {
      this.spool = spool;
      this.target = target;
      this.groups = groups;
    }
  }
}
