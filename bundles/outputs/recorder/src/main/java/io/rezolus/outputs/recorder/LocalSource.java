package io.rezolus.outputs.recorder;

import com.google.gson.JsonObject;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.Snapshot;
import io.rezolus.core.api.snapshot.SnapshotSource;
import io.rezolus.libs.machine.SystemInfo;
import io.rezolus.libs.recording.spool.Provenance;

/** The agent in this process. */
final class LocalSource implements SampleSource {
  private static final String NAME = "rezolus";

  private final SnapshotSource snapshots;
  private final SamplerInventory inventory;
  private final Provenance provenance = new Provenance(NAME, "local");

  LocalSource(SnapshotSource snapshots, SamplerInventory inventory) {
    this.snapshots = snapshots;
    this.inventory = inventory;
  }

  @Override
  public Snapshot sample() {
    return snapshots.read(provenance::apply);
  }

  @Override
  public boolean entries() {
    return false;
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
        Protocol.MSGPACK,
        NAME,
        "localhost",
        SystemInfo.json(),
        descriptions.toString(),
        SamplersJson.of(inventory.samplers()));
  }
}
