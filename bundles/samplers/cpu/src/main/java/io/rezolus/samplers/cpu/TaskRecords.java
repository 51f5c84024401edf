package io.rezolus.samplers.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What the iterator {@code list_tasks} wrote: one {@code struct task_record} of seven longs per
 * living thread that was charged CPU time, ascending by pid.
 *
 * <pre>
 * long 0     pid (low half), tgid (high half)
 * long 1     start time, nanoseconds since boot on the monotonic clock
 * long 2     CPU time, nanoseconds
 * long 3     css id of its cgroup (low half), 0: none
 * long 4     css serial number
 * long 5, 6  comm, NUL-terminated
 * </pre>
 *
 * Numbers are in the byte order of the CPU that wrote them. The text is taken apart as if that were
 * little-endian, as it is on both supported architectures.
 */
final class TaskRecords {
  static final int LONGS = 7;

  private static final int USAGE = 2;
  private static final int COMM_BYTES = 16;

  private long[] words = new long[256 * LONGS];
  private int count;

  /** Replaces the content by that of {@code buffer}, from its position to its limit. */
  void read(ByteBuffer buffer) {
    count = buffer.remaining() / (LONGS * Long.BYTES);
    int length = count * LONGS;
    if (words.length < length) {
      words = new long[length + length / 2];
    }
    buffer.order(ByteOrder.nativeOrder()).asLongBuffer().get(words, 0, length);
  }

  int count() {
    return count;
  }

  /** Whether both hold the same tasks under the same names in the same cgroups. */
  boolean sameTasks(TaskRecords other) {
    if (count != other.count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!sameTask(i, other, i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether record {@code i} equals record {@code j} of {@code other} in all but the usage. */
  boolean sameTask(int i, TaskRecords other, int j) {
    for (int k = 0; k < LONGS; k++) {
      if (k != USAGE && words[i * LONGS + k] != other.words[j * LONGS + k]) {
        return false;
      }
    }
    return true;
  }

  int pid(int i) {
    return (int) words[i * LONGS];
  }

  int tgid(int i) {
    return (int) (words[i * LONGS] >>> 32);
  }

  long startTime(int i) {
    return words[i * LONGS + 1];
  }

  long usage(int i) {
    return words[i * LONGS + USAGE];
  }

  int cssId(int i) {
    return (int) words[i * LONGS + 3];
  }

  long cssSerial(int i) {
    return words[i * LONGS + 4];
  }

  String comm(int i) {
    byte[] bytes = new byte[COMM_BYTES];
    int length = 0;
    for (; length < COMM_BYTES; length++) {
      long word = words[i * LONGS + 5 + length / Long.BYTES];
      byte b = (byte) (word >>> (8 * (length % Long.BYTES)));
      if (b == 0) {
        break;
      }
      bytes[length] = b;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
