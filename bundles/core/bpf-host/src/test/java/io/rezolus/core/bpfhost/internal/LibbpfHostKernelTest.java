package io.rezolus.core.bpfhost.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.bpfhost.BpfException;
import io.rezolus.core.bpfhost.BpfObject;
import io.rezolus.core.bpfhost.BpfObjectSpec;
import io.rezolus.core.bpfhost.Hook;
import io.rezolus.core.bpfhost.MappedLongs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects on the running kernel; the witness is a thread that counts its own system calls. */
@Timeout(600)
class LibbpfHostKernelTest {
  private static final Hook SYS_ENTER = Hook.tracepoint("sys_enter");

  private LibbpfHost host;
  private Caller caller;

  @BeforeAll
  static void needs_root_and_kernel_btf() {
    assumeTrue("root".equals(System.getProperty("user.name")), "loading BPF programs needs root");
    assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "the kernel has no BTF");
  }

  @BeforeEach
  void open() throws Exception {
    host = new LibbpfHost(getClass().getClassLoader()::getResource);
    caller = new Caller();
  }

  @AfterEach
  void close() throws Exception {
    caller.close();
    host.close();
  }

  private BpfObjectSpec.Builder probe() {
    return BpfObjectSpec.builder("probe")
        .constant("watched_tid", caller.tid())
        .constant("watched_syscall", Caller.GETPPID);
  }

  @Test
  void counts_each_call_of_a_thread_once() throws Exception {
    try (BpfObject object = host.load(probe().hook(SYS_ENTER).build())) {
      caller.call(12345);
      assertEquals(12345, object.map("counts").get(0));
      String preferred = ForcedVariants.fromEnvironment().variants(SYS_ENTER).get(0);
      assertEquals(
          preferred + "/sys_enter", object.programs().get(0).hook(), object.programs()::toString);
    }
  }

  @Test
  void loses_and_doubles_nothing_while_programs_are_replaced() throws Exception {
    BpfObjectSpec spec = probe().hook(SYS_ENTER).build();
    try (BpfObject object = host.load(spec)) {
      MappedLongs counts = object.map("counts");
      AtomicBoolean stop = new AtomicBoolean();
      FutureTask<Long> issued = caller.callUntil(stop);
      long before = 0;
      for (int i = 0; i < 20; i++) {
        object.reload(spec);
        while (counts.get(0) == before && !issued.isDone()) {
          Thread.onSpinWait(); // each version of the program gets events
        }
        before = counts.get(0);
      }
      stop.set(true);
      assertEquals(issued.get(), counts.get(0));
    }
  }

  @Test
  void a_second_load_of_the_same_name_goes_on_with_the_counters() throws Exception {
    BpfObject first = host.load(probe().hook(SYS_ENTER).build());
    caller.call(100);
    MappedLongs former = first.map("counts");
    try (BpfObject second = host.load(probe().hook(SYS_ENTER).build())) {
      caller.call(100);
      assertEquals(200, second.map("counts").get(0));
      assertThrows(IllegalStateException.class, () -> former.get(0));
      first.close();
      caller.call(100);
      assertEquals(300, second.map("counts").get(0));
    }
  }

  @Test
  void a_replacement_adds_and_removes_hooks_and_changes_constants() throws Exception {
    try (BpfObject object = host.load(probe().hook(SYS_ENTER).build())) {
      MappedLongs counts = object.map("counts");
      caller.call(10);
      object.reload(probe().constant("twice", true).hook(SYS_ENTER).build());
      caller.call(10);
      assertEquals(30, counts.get(0));
      assertEquals(0, counts.get(1));
      object.reload(probe().hook(Hook.of("sys_exit", "raw_tp")).build());
      caller.call(10);
      assertEquals(30, counts.get(0));
      assertTrue(counts.get(1) >= 10, "the new hook counts");
      object.reload(probe().hook(Hook.of("sys_enter", "raw_tp")).build());
      caller.call(10);
      assertEquals(40, counts.get(0), "a hook that comes back may do so by another variant");
    }
  }

  @Test
  void another_map_layout_starts_from_zero() throws Exception {
    try (BpfObject object = host.load(probe().mapEntries("sized", 16).hook(SYS_ENTER).build())) {
      MappedLongs counts = object.map("counts");
      assertEquals(32, object.map("sized").size());
      caller.call(10);
      object.reload(probe().mapEntries("sized", 5000).hook(SYS_ENTER).build());
      caller.call(3);
      assertEquals(3, counts.get(0));
      assertEquals(10000, object.map("sized").size());
    }
  }

  @Test
  void a_dictated_variant_is_used_and_reported() throws Exception {
    System.setProperty(ForcedVariants.NAME, "sys_enter=raw_tp");
    try (BpfObject object = host.load(probe().hook(SYS_ENTER).build())) {
      caller.call(77);
      assertEquals(77, object.map("counts").get(0));
      assertEquals("raw_tp/sys_enter", object.programs().get(0).hook());
    } finally {
      System.clearProperty(ForcedVariants.NAME);
    }
  }

  @Test
  void a_hook_this_kernel_lacks_is_unsupported_and_the_rest_counts() throws Exception {
    BpfObjectSpec spec =
        probe()
            .hook(Hook.tracepoint("nonexistent").labelled("nothing at all"))
            .hook(SYS_ENTER)
            .build();
    try (BpfObject object = host.load(spec)) {
      caller.call(5);
      assertEquals(5, object.map("counts").get(0));
      ProgramStatus missing = object.programs().get(0);
      assertEquals(ProgramStatus.Verdict.UNSUPPORTED, missing.verdict());
      assertEquals("nothing at all", missing.label());
      assertFalse(missing.attached());
      assertTrue(missing.error().contains("No such file or directory"), missing.error());
      assertTrue(object.programs().get(1).attached());
    }
  }

  @Test
  void a_rejected_program_is_named_with_the_verifiers_last_words() {
    BpfException refused =
        assertThrows(
            BpfException.class,
            () ->
                host.load(
                    BpfObjectSpec.builder("rejected")
                        .hook(Hook.of("sys_enter", "raw_tp"))
                        .build()));
    assertTrue(
        refused
            .getMessage()
            .matches(
                "BPF object rejected, program sys_enter__raw_tp__run: Permission denied \\(13\\);"
                    + " verifier: .*invalid mem access 'map_value_or_null'.*"),
        refused.getMessage());
  }

  @Test
  void a_failed_replacement_leaves_the_running_program_alone() throws Exception {
    try (BpfObject object = host.load(probe().hook(SYS_ENTER).build())) {
      caller.call(1);
      assertThrows(
          IllegalArgumentException.class,
          () -> object.reload(probe().constant("no_such", 1).hook(SYS_ENTER).build()));
      caller.call(1);
      assertEquals(2, object.map("counts").get(0));
    }
  }

  @Test
  void an_unknown_constant_is_named_with_those_that_exist() {
    IllegalArgumentException unknown =
        assertThrows(
            IllegalArgumentException.class,
            () -> host.load(probe().constant("no_such", 1).hook(SYS_ENTER).build()));
    assertEquals(
        "BPF object probe: no constant no_such, it has [step, twice, watched_syscall, watched_tid]",
        unknown.getMessage());
  }

  @Test
  void an_iterator_walks_all_tasks_at_each_run_and_after_a_replacement() throws Exception {
    BpfObjectSpec spec = probe().hook(SYS_ENTER).iterator("dump_tasks").build();
    try (BpfObject object = host.load(spec)) {
      for (int round = 0; round < 3; round++) {
        ByteBuffer pids = object.iterator("dump_tasks").run();
        boolean found = false;
        while (pids.hasRemaining()) {
          found |= pids.getLong() == caller.tid();
        }
        assertTrue(found, "the calling thread is among the tasks");
        object.reload(spec);
      }
    }
  }

  @Test
  void values_that_are_set_are_read_back_and_seen_by_bulk_reads() throws Exception {
    try (BpfObject object = host.load(probe().build())) {
      MappedLongs counts = object.map("counts");
      counts.set(2, -5);
      long[] all = new long[4];
      counts.read(0, all);
      assertEquals(-5, all[2]);
      assertEquals(-5, counts.get(2));
      assertThrows(IndexOutOfBoundsException.class, () -> counts.get(4));
      assertThrows(IndexOutOfBoundsException.class, () -> counts.read(1, all));
    }
  }

  @Test
  void nothing_is_left_open_after_many_loads() throws Exception {
    BpfObjectSpec spec =
        probe().hook(SYS_ENTER).hook(Hook.tracepoint("nonexistent")).iterator("dump_tasks").build();
    cycle(spec);
    long fds = BpfFiles.open();
    long mappings = BpfFiles.mapped();
    for (int i = 0; i < 10; i++) {
      cycle(spec);
    }
    assertEquals(fds, BpfFiles.open());
    assertEquals(mappings, BpfFiles.mapped());
  }

  private void cycle(BpfObjectSpec spec) throws Exception {
    try (BpfObject object = host.load(spec)) {
      object.map("counts").get(0);
      object.iterator("dump_tasks").run();
      object.reload(spec);
    }
  }

  @Test
  void reads_after_close_are_refused() throws Exception {
    BpfObject object = host.load(probe().hook(SYS_ENTER).build());
    MappedLongs counts = object.map("counts");
    object.close();
    object.close();
    assertThrows(IllegalStateException.class, () -> counts.get(0));
    assertThrows(IllegalStateException.class, () -> counts.read(0, new long[1]));
    assertThrows(IllegalStateException.class, () -> counts.set(0, 1));
    assertThrows(IllegalStateException.class, () -> object.map("counts"));
  }

  @Test
  void closing_the_host_closes_what_was_forgotten() throws Exception {
    BpfObject object = host.load(probe().hook(SYS_ENTER).build());
    host.close();
    assertThrows(IllegalStateException.class, object::programs);
  }

  @Test
  void the_sizes_of_this_host_are_the_kernels() throws IOException {
    assertTrue(host.possibleCpus() >= Runtime.getRuntime().availableProcessors());
  }
}
