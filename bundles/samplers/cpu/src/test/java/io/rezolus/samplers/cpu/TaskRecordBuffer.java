package io.rezolus.samplers.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes records as the iterator program does. */
final class TaskRecordBuffer {
  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.nativeOrder());

  TaskRecordBuffer task(
      int pid, int tgid, long startTime, long usage, int cssId, long cssSerial, String comm) {
    bytes.putInt(pid).putInt(tgid).putLong(startTime).putLong(usage);
    bytes.putInt(cssId).putInt(0).putLong(cssSerial);
    bytes.put(Arrays.copyOf(comm.getBytes(StandardCharsets.UTF_8), 16));
    return this;
  }

  ByteBuffer done() {
    return bytes.flip();
  }
}
