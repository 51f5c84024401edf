package io.rezolus.outputs.snapshot;

import io.rezolus.libs.wire.SnapshotFormat;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The format that is configured. Apart from the routes, which would be gone for a moment at every
 * change of the agent's settings if they had them as their own.
 */
@Component(service = ConfiguredFormat.class, configurationPid = SnapshotConfig.PID)
public final class ConfiguredFormat {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredFormat.class);

  private volatile SnapshotFormat format = SnapshotFormat.V3;

  @Activate
  @Modified
  void configure(SnapshotConfig config) {
    try {
      format = SnapshotFormat.of(config.snapshot__format());
    } catch (IllegalArgumentException e) {
      LOG.error("{}: {}; it stays {}", SnapshotConfig.PID, e.getMessage(), format);
    }
  }

  SnapshotFormat current() {
    return format;
  }
}
