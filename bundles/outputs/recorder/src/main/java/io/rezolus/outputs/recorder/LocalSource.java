package io.rezolus.outputs.recorder;

import com.google.gson.JsonObject;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SnapshotSource;
import io.rezolus.libs.recording.spool.Provenance;
import io.rezolus.libs.wire.MsgpackBuffer;
import io.rezolus.libs.wire.SnapshotEncoder;
import io.rezolus.libs.wire.SnapshotFormat;

/** The agent in this process. */
final class LocalSource implements SampleSource {
  private static final String NAME = "rezolus";

  private final SnapshotSource snapshots;
  private final SamplerInventory inventory;
  private final Provenance provenance = new Provenance(NAME, "local");
  private final SnapshotEncoder encoder = SnapshotEncoder.of(SnapshotFormat.V3);
  private final MsgpackBuffer buffer = new MsgpackBuffer();

  LocalSource(SnapshotSource snapshots, SamplerInventory inventory) {
    this.snapshots = snapshots;
    this.inventory = inventory;
  }

  @Override
  public byte[] sample() {
    return snapshots.read(
        snapshot -> {
          buffer.clear();
          encoder.encode(provenance.apply(snapshot), buffer);
          return buffer.toByteArray();
        });
  }

  @Override
  public void cancel() {
    // a reading takes microseconds
  }

  @Override
  public SourceDetails details() {
    JsonObject descriptions = new JsonObject();
    inventory.descriptions().forEach(descriptions::addProperty);
    return new SourceDetails(
        NAME,
        "localhost",
        LocalSystem.json(),
        descriptions.toString(),
        SamplersJson.of(inventory.samplers()));
  }
}
