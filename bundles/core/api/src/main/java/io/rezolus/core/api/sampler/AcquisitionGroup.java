package io.rezolus.core.api.sampler;

import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import java.time.Instant;

/**
 * One read section of a sampler: its values are read together and share one acquisition window.
 *
 * <pre>{@code
 * group.begin();
 * group.data().counter(0, value);
 * group.end();
 * }</pre>
 *
 * <p>The window begins at a wall-clock reading and ends after the elapsed monotonic time, so a
 * clock step cannot distort its width. A failed read must not be ended: the old window then stays.
 */
public final class AcquisitionGroup {
  private final String name;
  private GroupData data;
  private long beginWallNanos;
  private long beginNanos;

  /**
   * @param sampler the sampler's name
   * @param group name within the sampler, or {@code main}
   */
  public AcquisitionGroup(String sampler, String group, Schema schema) {
    name = sampler + '/' + group;
    data = new GroupData(name, schema);
  }

  /** The values to fill in and to expose. */
  public GroupData data() {
    return data;
  }

  /** Changes the membership; readings and window start anew. Does nothing for the same schema. */
  public void schema(Schema schema) {
    if (schema != data.schema()) {
      data = new GroupData(name, schema);
    }
  }

  /** Marks the start of a read. */
  public void begin() {
    Instant now = Instant.now();
    beginWallNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    beginNanos = System.nanoTime();
  }

  /** Publishes the window of a read that succeeded. */
  public void end() {
    data.window(beginWallNanos, beginWallNanos + (System.nanoTime() - beginNanos));
  }
}
