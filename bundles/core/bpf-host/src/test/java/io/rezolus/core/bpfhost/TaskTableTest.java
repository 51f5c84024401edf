package io.rezolus.core.bpfhost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskTableTest {
  private static final long NOBODY = 5_000_000;

  private static final int SLOT_LONGS = 5;

  /** By key: three slots of the cache, and an address. */
  private final Map<Long, Long> processes =
      new TreeMap<>(
          Map.of(1L, ProcessHandle.current().pid(), 3L, NOBODY, 7L, 1L, -1L << 40, NOBODY));

  private final long[] cache = new long[16384 * SLOT_LONGS];
  private int searches;

  @BeforeEach
  void slots_are_in_use() {
    Arrays.fill(cache, 1);
  }

  @Test
  void tasks_are_removed_if_their_process_is_gone_for_a_while() {
    TaskTable table = TaskTable.cached(object(), "stamps");
    assertEquals(0, table.sweep());
    assertEquals(2, table.sweep());
    assertEquals(1, cache[2 * SLOT_LONGS - 1], "in use");
    assertEquals(0, cache[4 * SLOT_LONGS - 1], "left");
  }

  @Test
  void a_young_table_is_not_searched() {
    TaskTable table = TaskTable.of(object(), "stamps");
    table.refresh();
    table.refresh();
    assertEquals(0, searches);
  }

  @Test
  void the_hash_is_sized_to_the_host_and_the_array_is_not() {
    BpfHost host =
        (BpfHost)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BpfHost.class},
                (proxy, method, arguments) -> 65536);
    BpfObjectSpec.Builder spec = BpfObjectSpec.builder("any");
    TaskTable.size(spec, "stamps", host);
    assertEquals(List.of("stamps_high"), List.copyOf(spec.build().mapEntries().keySet()));
    assertEquals(65536, spec.build().mapEntries().get("stamps_high"));
  }

  /** Only its maps can be had. */
  private BpfObject object() {
    return (BpfObject)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BpfObject.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "map" -> mapped();
                  case "removeIf" -> removed((BpfObject.EntryTest) arguments[1]);
                  default -> throw new IllegalArgumentException(method.getName());
                });
  }

  private MappedLongs mapped() {
    return (MappedLongs)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {MappedLongs.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("size")) {
                return cache.length;
              }
              cache[(int) arguments[0]] = (long) arguments[1]; // set
              return null;
            });
  }

  private int removed(BpfObject.EntryTest gone) {
    searches++;
    int count = 0;
    for (Map.Entry<Long, Long> entry : processes.entrySet()) {
      count += gone.test(entry.getKey(), entry.getValue()) ? 1 : 0;
    }
    return count;
  }
}
