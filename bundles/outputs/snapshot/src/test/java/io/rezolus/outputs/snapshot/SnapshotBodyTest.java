package io.rezolus.outputs.snapshot;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SnapshotBodyTest {

  @Test
  void encodes_once_per_reading() {
    Readings readings = new Readings();
    SnapshotBody body =
        new SnapshotBody(readings, snapshot -> new Body(Body.MSGPACK, new byte[] {1}));
    Body first = body.current();
    assertSame(first, body.current());
    readings.sequence++;
    assertNotSame(first, body.current());
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
