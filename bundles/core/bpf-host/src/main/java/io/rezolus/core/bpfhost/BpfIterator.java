package io.rezolus.core.bpfhost;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An attached iterator program: each run walks the kernel's objects once. */
public interface BpfIterator {

  /**
   * Walks once.
   *
   * @return the bytes the program wrote with {@code bpf_seq_write}, in native byte order, position
   *     0 to limit; valid until the next run
   */
  ByteBuffer run() throws IOException;
}
