package io.rezolus.core.bpfhost.internal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.rezolus.core.api.sampler.UnsupportedException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One {@code struct bpf_object}: open at first, then loaded. */
final class NativeObject implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NativeObject.class);
  private static final int VERIFIER_TEXT_BYTES = 4 * 1024 * 1024;
  private static final int OPEN_OPTIONS_BYTES = 56;

  private final Engine engine;
  private final Libbpf lib;
  private final String name;
  private final Pointer handle;
  private final Map<String, Pointer> programs = new LinkedHashMap<>();
  private final Map<String, Pointer> maps = new LinkedHashMap<>();
  private final Map<String, Memory> wanted = new HashMap<>();

  NativeObject(Engine engine, String name, byte[] code) throws LoadFailure {
    this.engine = engine;
    this.lib = engine.libbpf();
    this.name = name;
    engine.log().clear();
    try (Memory bytes = new Memory(code.length);
        Memory title = new Memory(name.length() * 4L + 1);
        Memory types = text(engine.types());
        Memory options = new Memory(OPEN_OPTIONS_BYTES)) {
      bytes.write(0, code, 0, code.length);
      title.setString(0, name);
      options.clear(); // struct bpf_object_open_opts: size, object_name, ..., btf_custom_path
      options.setLong(0, OPEN_OPTIONS_BYTES);
      options.setPointer(8, title);
      options.setPointer(48, types);
      handle = lib.bpf_object__open_mem(bytes, code.length, options);
    }
    if (handle == null) {
      throw failure(null, Native.getLastError(), engine.log().warning());
    }
    Pointer next = null;
    while ((next = lib.bpf_object__next_program(handle, next)) != null) {
      programs.put(lib.bpf_program__name(next), next);
      lib.bpf_program__set_autoload(next, (byte) 0);
    }
    while ((next = lib.bpf_object__next_map(handle, next)) != null) {
      if (lib.bpf_map__is_internal(next) == 0) {
        maps.put(lib.bpf_map__name(next), next);
      }
    }
  }

  private static Memory text(String text) {
    if (text == null) {
      return null;
    }
    Memory memory = new Memory(text.getBytes(StandardCharsets.UTF_8).length + 1);
    memory.setString(0, text, "UTF-8");
    return memory;
  }

  String name() {
    return name;
  }

  Constants constants() {
    return new Constants(lib, handle, name);
  }

  /** Maps that the source declares, by name; not those of global variables. */
  Map<String, Pointer> maps() {
    return Collections.unmodifiableMap(maps);
  }

  /**
   * @throws IllegalArgumentException the object has no such map
   */
  Pointer map(String map) {
    Pointer found = maps.get(map);
    if (found == null) {
      throw new IllegalArgumentException(
          "BPF object " + name + ": no map " + map + ", it has " + maps.keySet());
    }
    return found;
  }

  boolean hasProgram(String program) {
    return programs.containsKey(program);
  }

  /**
   * @throws IllegalArgumentException the object has no such program
   */
  Pointer program(String program) {
    Pointer found = programs.get(program);
    if (found == null) {
      throw new IllegalArgumentException(
          "BPF object " + name + ": no program " + program + ", it has " + programs.keySet());
    }
    return found;
  }

  /** For example {@code tp_btf/sched_switch}. */
  String section(String program) {
    return lib.bpf_program__section_name(program(program));
  }

  /** Includes the program in the next {@link #load}. */
  void want(String program) {
    Memory text = new Memory(VERIFIER_TEXT_BYTES);
    text.setByte(0, (byte) 0);
    lib.bpf_program__set_autoload(program(program), (byte) 1);
    lib.bpf_program__set_log_buf(program(program), text, text.size());
    wanted.put(program, text);
  }

  /** Creates the maps and loads the wanted programs. */
  void load() throws LoadFailure, UnsupportedException {
    engine.log().clear();
    int result = lib.bpf_object__load(handle);
    try {
      if (result < 0) {
        throw loadFailure(-result);
      }
      if (LOG.isDebugEnabled()) {
        wanted.keySet().forEach(this::logVerified);
      }
    } finally {
      wanted.values().forEach(Memory::close);
      wanted.clear();
    }
  }

  private void logVerified(String program) {
    int instructions = ProgramInfo.of(lib, programFd(program)).verified();
    LOG.debug("{}: verifier went through {} instructions of {}", name, instructions, program);
  }

  private LoadFailure loadFailure(int errno) throws UnsupportedException {
    for (Map.Entry<String, Memory> entry : wanted.entrySet()) {
      String text = entry.getValue().getString(0);
      String words = VerifierText.lastWords(text);
      if (!words.isEmpty()) {
        LOG.debug("{}: verifier on {}:\n{}", name, entry.getKey(), text);
        if (VerifierText.deniesReading(words)) {
          throw new UnsupportedException(Privilege.LOCKED_DOWN);
        }
        if (VerifierText.missesHelper(words)) {
          return new LoadFailure(
              entry.getKey(),
              Errno.EOPNOTSUPP,
              false,
              "BPF object "
                  + name
                  + ", program "
                  + entry.getKey()
                  + ": this kernel lacks a helper that it calls; verifier: "
                  + words);
        }
        return failure(entry.getKey(), errno, words);
      }
    }
    String blamed = engine.log().blamed();
    String warning = engine.log().warning();
    String words = Errno.text(engine.libc(), errno) + (warning == null ? "" : ": " + warning);
    return new LoadFailure(
        wanted.containsKey(blamed) ? blamed : null,
        errno,
        false,
        "BPF object " + name + (blamed == null ? "" : ", program " + blamed) + ": " + words);
  }

  private LoadFailure failure(String program, int errno, String words) {
    return new LoadFailure(
        program,
        errno,
        program != null,
        "BPF object "
            + name
            + (program == null ? "" : ", program " + program)
            + ": "
            + Errno.text(engine.libc(), errno)
            + (words == null ? "" : (program == null ? ": " : "; verifier: ") + words));
  }

  int programFd(String program) {
    return lib.bpf_program__fd(program(program));
  }

  int mapFd(String map) {
    return lib.bpf_map__fd(map(map));
  }

  /** Closes program and map fds; what is attached or mapped stays. */
  @Override
  public void close() {
    wanted.values().forEach(Memory::close);
    wanted.clear();
    lib.bpf_object__close(handle);
  }
}
