package io.rezolus.libs.recording.spool;

import com.github.luben.zstd.ZstdInputStream;
import io.rezolus.libs.wire.SnapshotStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A file of snapshots one after another, plain or compressed with zstd, told apart by content. A
 * compressed file is whole when its last frame is, unless it begins with {@link #GROWING}: it may
 * end anywhere then.
 */
public record SnapshotFile(Path path) {
  private static final int READ_BYTES = 1 << 16;
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /** What a file begins with that was compressed as it grew: a frame that is skipped. */
  private static final byte[] GROWING = "P*M\30\5\0\0\0spool".getBytes(StandardCharsets.US_ASCII);

  /** What the description of a recording begins with: another frame that is skipped. */
  private static final byte[] DESCRIPTION = "Q*M\30".getBytes(StandardCharsets.US_ASCII);

  private static final int MAX_DESCRIPTION = 16 << 20;

  /** Opens it at its beginning. */
  public SnapshotStream open() throws IOException {
    return open(bytes -> {});
  }

  /**
   * Opens it at its beginning.
   *
   * @param progress told now and then how many bytes of the file have been read
   */
  public SnapshotStream open(LongConsumer progress) throws IOException {
    BufferedInputStream in =
        new BufferedInputStream(new Counted(Files.newInputStream(path), progress), READ_BYTES);
    try {
      in.mark(GROWING.length);
      byte[] head = in.readNBytes(GROWING.length);
      in.reset();
      if (!isCompressed(head)) {
        return new SnapshotStream(in);
      }
      boolean growing = Arrays.equals(head, GROWING);
      return new SnapshotStream(new ZstdInputStream(in).setContinuous(growing));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** File-level key-values of the recording that a spool was to become; empty where it has none. */
  public Map<String, String> keyValues() throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      if (!Arrays.equals(in.readNBytes(GROWING.length), GROWING)
          || !Arrays.equals(in.readNBytes(DESCRIPTION.length), DESCRIPTION)) {
        return Map.of();
      }
      int length = Integer.reverseBytes(in.readInt());
      if (length < 0 || length > MAX_DESCRIPTION) {
        return Map.of();
      }
      return KeyValueText.read(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    } catch (EOFException e) {
      return Map.of(); // killed while it wrote it
    }
  }

  /** The frame that {@link #keyValues} reads, which follows {@link #growing}. */
  static byte[] description(Map<String, String> keyValues) {
    byte[] text = KeyValueText.of(keyValues).getBytes(StandardCharsets.UTF_8);
    return text.length > MAX_DESCRIPTION
        ? new byte[0]
        : ByteBuffer.allocate(DESCRIPTION.length + Integer.BYTES + text.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(DESCRIPTION)
            .putInt(text.length)
            .put(text)
            .array();
  }

  /**
   * Whether a file is compressed.
   *
   * @param head its first bytes
   */
  public static boolean isCompressed(byte[] head) {
    return startsWith(head, ZSTD) || startsWith(head, GROWING);
  }

  /** What a file has to begin with that is compressed as it grows. */
  static byte[] growing() {
    return GROWING.clone();
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  /** Says how far it is. */
  private static final class Counted extends FilterInputStream {
    private final LongConsumer progress;
    private long count;

    Counted(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      if (read > 0) {
        count += read;
        progress.accept(count);
      }
      return read;
    }
  }
}
