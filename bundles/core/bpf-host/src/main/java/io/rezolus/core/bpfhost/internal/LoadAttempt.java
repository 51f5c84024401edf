package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One round of loading an object, with one choice of variants: everything loads and attaches, or
 * all of it is closed again.
 */
final class LoadAttempt {
  private final Engine engine;
  private final BpfObjectSpec spec;
  private final byte[] code;
  private final RunningObject predecessor;
  private final List<HookChoice> choices;
  private final KernelTypes types;
  private NativeObject object;
  private final Map<String, MapLayout> layouts = new LinkedHashMap<>();
  private final Map<String, Attachment> fresh = new LinkedHashMap<>();
  private final Map<String, Pointer> iterators = new LinkedHashMap<>();
  private boolean done;

  /**
   * @param predecessor what the new object takes the place of, or null
   * @param choices one for each hook; a variant that cannot do here is refused
   */
  LoadAttempt(
      Engine engine,
      BpfObjectSpec spec,
      byte[] code,
      RunningObject predecessor,
      List<HookChoice> choices,
      KernelTypes types) {
    this.engine = engine;
    this.spec = spec;
    this.code = code;
    this.predecessor = predecessor;
    this.choices = choices;
    this.types = types;
  }

  RunningObject run() throws LoadFailure, LayoutDiffers, UnsupportedException {
    object = new NativeObject(engine, spec.name(), code);
    configure();
    if (predecessor != null) {
      reuseMaps();
    }
    choosePrograms();
    object.load();
    attachNewHooks();
    attachIterators();
    fillKeptSlots();
    done = true;
    Map<String, Attachment> attachments = new LinkedHashMap<>();
    List<ProgramStatus> statuses = new ArrayList<>();
    for (HookChoice choice : choices) {
      Attachment attachment = choice.kept() != null ? choice.kept() : fresh.get(choice.name());
      if (attachment != null) {
        attachments.put(choice.name(), attachment);
      }
      statuses.add(choice.status(attachment == null ? null : attachment.section()));
    }
    return new RunningObject(
        engine, object, layouts, attachments, iterators, List.copyOf(statuses));
  }

  private void configure() {
    if (!spec.constants().isEmpty()) {
      Constants constants = object.constants();
      spec.constants().forEach(constants::set);
    }
    spec.mapEntries()
        .forEach(
            (map, entries) -> engine.libbpf().bpf_map__set_max_entries(object.map(map), entries));
    boolean allocates = KernelRelease.running().allocatesInPrograms();
    object
        .maps()
        .forEach(
            (name, map) -> {
              if (allocates && engine.libbpf().bpf_map__type(map) == Libbpf.BPF_MAP_TYPE_HASH) {
                engine.libbpf().bpf_map__set_map_flags(map, Libbpf.BPF_F_NO_PREALLOC);
              }
              if (engine.libbpf().bpf_map__type(map) != Libbpf.BPF_MAP_TYPE_PROG_ARRAY) {
                layouts.put(name, MapLayout.of(engine.libbpf(), map));
              }
            });
  }

  /** Data maps go on whole; a slot goes on only if its hook does, a new hook gets a new one. */
  private void reuseMaps() throws LayoutDiffers, LoadFailure {
    if (!layouts.equals(predecessor.layouts())) {
      throw new LayoutDiffers();
    }
    for (String map : layouts.keySet()) {
      reuse(map);
    }
    for (HookChoice choice : choices) {
      if (choice.kept() != null) {
        reuse(choice.slot());
      }
    }
  }

  private void reuse(String map) throws LoadFailure {
    int result =
        engine.libbpf().bpf_map__reuse_fd(object.map(map), predecessor.object().mapFd(map));
    if (result < 0) {
      throw new LoadFailure(
          null,
          -result,
          false,
          "BPF object "
              + spec.name()
              + ", map "
              + map
              + ": cannot be taken over: "
              + Errno.text(engine.libc(), -result));
    }
  }

  private void choosePrograms() throws UnsupportedException {
    for (HookChoice choice : choices) {
      if (choice.kept() != null) {
        object.want(choice.run());
        continue;
      }
      while (choice.open() && !possible(choice)) {
        // possible() has moved on to the next variant
      }
      if (choice.open()) {
        object.map(choice.slot());
        object.want(choice.entry());
        object.want(choice.run());
      }
    }
    for (String iterator : spec.iterators()) {
      String objection = types.objection(object.section(iterator));
      if (objection != null) {
        throw new UnsupportedException("BPF object " + spec.name() + ": " + objection);
      }
      object.want(iterator);
    }
  }

  private boolean possible(HookChoice choice) {
    String objection =
        object.hasProgram(choice.run())
            ? types.objection(object.section(choice.entry()))
            : "BPF object " + spec.name() + " has no " + choice.run() + " on this architecture";
    if (objection == null) {
      return true;
    }
    choice.refuse(Errno.ENOENT, objection);
    return false;
  }

  /** The slot is filled first, so that the first event already finds the work. */
  private void attachNewHooks() throws LoadFailure {
    for (HookChoice choice : choices) {
      if (choice.open() && choice.kept() == null) {
        fill(object, choice);
        fresh.put(choice.name(), Attachment.attach(engine, object, choice));
      }
    }
  }

  private void attachIterators() throws LoadFailure {
    for (String iterator : spec.iterators()) {
      iterators.put(iterator, SeqIterator.attach(engine, object, iterator));
    }
  }

  /**
   * The moment of replacement; each store is atomic towards the events. What goes is silenced
   * before anything changes: it may rely on what only the former programs do.
   */
  private void fillKeptSlots() throws LoadFailure {
    if (predecessor == null) {
      return;
    }
    List<String> silenced = new ArrayList<>(predecessor.attachments().keySet());
    List<HookChoice> filled = new ArrayList<>();
    choices.forEach(choice -> silenced.remove(choice.name()));
    silenced.forEach(hook -> empty(predecessor.object().mapFd(HookChoice.slot(hook))));
    for (HookChoice choice : choices) {
      if (choice.kept() == null) {
        continue;
      }
      try {
        fill(object, choice);
        filled.add(choice);
      } catch (LoadFailure failure) {
        for (HookChoice undo : filled) {
          fill(predecessor.object(), undo);
        }
        for (String hook : silenced) {
          String work = hook + "__" + predecessor.attachments().get(hook).variant() + "__run";
          fill(predecessor.object().mapFd(HookChoice.slot(hook)), predecessor.object(), work);
        }
        throw failure;
      }
    }
  }

  private void empty(int slot) {
    try (Memory key = new Memory(Integer.BYTES)) {
      key.setInt(0, 0);
      engine.libbpf().bpf_map_delete_elem(slot, key);
    }
  }

  private void fill(NativeObject from, HookChoice choice) throws LoadFailure {
    fill(object.mapFd(choice.slot()), from, choice.run());
  }

  private void fill(int slot, NativeObject from, String work) throws LoadFailure {
    try (Memory key = new Memory(Integer.BYTES);
        Memory value = new Memory(Integer.BYTES)) {
      key.setInt(0, 0);
      value.setInt(0, from.programFd(work));
      int result = engine.libbpf().bpf_map_update_elem(slot, key, value, 0);
      if (result < 0) {
        throw new LoadFailure(
            work,
            -result,
            false,
            "BPF object "
                + spec.name()
                + ", program "
                + work
                + ": cannot take its place: "
                + Errno.text(engine.libc(), -result));
      }
    }
  }

  void closeUnlessDone() {
    if (done) {
      return;
    }
    fresh.values().forEach(Attachment::close);
    iterators.values().forEach(engine.libbpf()::bpf_link__destroy);
    if (object != null) {
      object.close();
    }
  }

  /** The maps of the new code are not those of the predecessor. */
  static final class LayoutDiffers extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
