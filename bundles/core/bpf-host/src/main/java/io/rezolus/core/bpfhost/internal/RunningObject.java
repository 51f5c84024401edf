package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Pointer;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.RunStatistics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loaded object with what hangs in the kernel on its behalf. */
final class RunningObject implements AutoCloseable {
  private final Engine engine;
  private final NativeObject object;
  private final Map<String, MapLayout> layouts;
  private final Map<String, Attachment> attachments;
  private final Map<String, Pointer> iterators;
  private final List<ProgramStatus> statuses;
  private final Map<String, RunStatistics> retired;

  RunningObject(
      Engine engine,
      NativeObject object,
      Map<String, MapLayout> layouts,
      Map<String, Attachment> attachments,
      Map<String, Pointer> iterators,
      List<ProgramStatus> statuses) {
    this.engine = engine;
    this.object = object;
    this.layouts = layouts;
    this.attachments = attachments;
    this.iterators = iterators;
    this.statuses = statuses;
    this.retired = new HashMap<>();
  }

  NativeObject object() {
    return object;
  }

  /** Layouts of the maps that carry data, by name. */
  Map<String, MapLayout> layouts() {
    return layouts;
  }

  Map<String, Attachment> attachments() {
    return attachments;
  }

  List<ProgramStatus> statuses() {
    return statuses;
  }

  /** The link of an iterator program. */
  int iteratorFd(String program) {
    Pointer link = iterators.get(program);
    if (link == null) {
      throw new IllegalArgumentException(
          "BPF object "
              + object.name()
              + ": no iterator "
              + program
              + " was asked for, only "
              + iterators.keySet());
    }
    return engine.libbpf().bpf_link__fd(link);
  }

  RunStatistics statistics(String hook) {
    Attachment attachment = attachments.get(hook);
    RunStatistics past = retired.getOrDefault(hook, RunStatistics.NONE);
    return attachment == null ? past : past.plus(attachment.statistics());
  }

  /**
   * Closes {@code old}, in whose place this object runs; what both share stays open, and what its
   * other programs cost is remembered.
   */
  void retire(RunningObject old) {
    retired.putAll(old.retired);
    Map<String, Attachment> gone = new LinkedHashMap<>(old.attachments);
    gone.values().removeAll(attachments.values());
    gone.forEach(
        (hook, attachment) -> {
          retired.merge(hook, attachment.statistics(), RunStatistics::plus);
          attachment.close();
        });
    old.closeIterators();
    old.object.close();
  }

  private void closeIterators() {
    iterators.values().forEach(engine.libbpf()::bpf_link__destroy);
    iterators.clear();
  }

  @Override
  public void close() {
    attachments.values().forEach(Attachment::close);
    attachments.clear();
    closeIterators();
    object.close();
  }
}
