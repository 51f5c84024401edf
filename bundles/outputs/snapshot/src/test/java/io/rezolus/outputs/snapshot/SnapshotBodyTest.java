package io.rezolus.outputs.snapshot;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import io.rezolus.libs.wire.SnapshotFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SnapshotBodyTest {

  private SnapshotFormat format = SnapshotFormat.V3;

  @Test
  void encodes_once_per_reading() {
    Readings readings = new Readings();
    SnapshotBody body =
        new SnapshotBody(
            readings,
            () -> format,
            wanted -> snapshot -> new Body(Body.MSGPACK, new byte[] {(byte) wanted.ordinal()}));
    Body first = body.current();
    assertSame(first, body.current());
    readings.sequence++;
    assertNotSame(first, body.current());
  }

  @Test
  void encodes_anew_in_another_format() {
    SnapshotBody body =
        new SnapshotBody(
            new Readings(),
            () -> format,
            wanted -> snapshot -> new Body(wanted.name(), new byte[0]));
    Body first = body.current();
    format = SnapshotFormat.V2;
    assertNotSame(first, body.current());
    assertSame(body.current(), body.current());
  }

  private static final class Readings implements SnapshotSource {
    long sequence;

    @Override
    public <T> T read(Function<Snapshot, T> reader) {
      return reader.apply(new Snapshot(sequence, 0, Map.of(), List.of()));
    }

    @Override
    public long sequence() {
      return sequence;
    }
  }
}
