package io.rezolus.core.bpfhost;

import java.nio.charset.StandardCharsets;

/**
 * Names of the cgroups that an object has seen, from its {@code cgroup_info} map (see {@code
 * bpf/include/cgroup.h}): index is the css id of the cpu controller.
 */
public final class CgroupNames {
  /** Number of css ids that are tracked. */
  public static final int SLOTS = 4096;

  /** css ids start at 1; slot 0 counts the changes of the others. */
  private static final int CHANGES = 0;

  private static final int LONGS = 26;
  private static final int NAME_BYTES = 64;

  private final MappedLongs info;
  private final long[] serials = new long[SLOTS];
  private final String[] paths = new String[SLOTS];
  private final long[] record = new long[LONGS];
  private int[] live = new int[0];
  private long changes;

  public CgroupNames(BpfObject object) {
    info = object.map("cgroup_info");
  }

  /**
   * Looks for cgroups that came or went. Costs one load when there are none.
   *
   * @return whether {@link #live} changed
   */
  public boolean refresh() {
    long now = info.get(CHANGES * LONGS);
    if (now == changes) {
      return false;
    }
    boolean changed = false;
    int count = 0;
    for (int id = 1; id < SLOTS; id++) {
      long serial = info.get(id * LONGS);
      if (serial != serials[id]) {
        changed |= replace(id, serial);
      }
      if (paths[id] != null) {
        count++;
      }
    }
    // what was being written meanwhile is looked at again next time
    if (info.get(CHANGES * LONGS) == now) {
      changes = now;
    }
    if (changed) {
      live = new int[count];
      int next = 0;
      for (int id = 1; id < SLOTS; id++) {
        if (paths[id] != null) {
          live[next++] = id;
        }
      }
    }
    return changed;
  }

  /** css ids of the cgroups that exist, ascending. Not to be modified. */
  public int[] live() {
    return live;
  }

  /** Path from at most three levels, for example {@code /system.slice/nginx.service}. */
  public String path(int id) {
    return paths[id];
  }

  /** css serial number, unique since boot. */
  public long serial(int id) {
    return serials[id];
  }

  private boolean replace(int id, long serial) {
    if (serial == 0) {
      serials[id] = 0;
      boolean had = paths[id] != null;
      paths[id] = null;
      return had;
    }
    info.read(id * LONGS, record);
    if (record[0] != serial || info.get(id * LONGS) != serial) {
      return false; // being written: the next refresh sees it whole
    }
    int level = (int) record[1];
    paths[id] = path(level, text(2), text(2 + NAME_BYTES / 8), text(2 + 2 * (NAME_BYTES / 8)));
    serials[id] = serial;
    return true;
  }

  /** The exposed path of a cgroup at depth {@code level} (root 0) from its last three names. */
  static String path(int level, String name, String parent, String grandparent) {
    if (level == 0) {
      return "/";
    }
    if (level >= 3 && !grandparent.isEmpty()) {
      return (level > 3 ? ".../" : "/") + grandparent + '/' + parent + '/' + name;
    }
    if (level >= 2 && !parent.isEmpty()) {
      return '/' + parent + '/' + name;
    }
    return '/' + name;
  }

  private String text(int from) {
    byte[] bytes = new byte[NAME_BYTES];
    int length = 0;
    for (; length < NAME_BYTES; length++) {
      // maps are written by the CPU we run on: native order, little-endian on both architectures
      byte b = (byte) (record[from + length / 8] >>> (8 * (length % 8)));
      if (b == 0) {
        break;
      }
      bytes[length] = b;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8).replace("\\x2d", "-");
  }
}
