package io.rezolus.core.shell;

import io.rezolus.core.api.sampler.ProvidesSampler;
import io.rezolus.core.api.snapshot.SamplerInventory;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Shell commands that switch one sampler on or off while everything else keeps counting. The change
 * lasts until the configuration file is read again or the agent ends.
 */
@Component(
    service = SwitchCommands.class,
    property = {
      "osgi.command.scope=rezolus",
      "osgi.command.function=enable",
      "osgi.command.function=disable"
    })
public final class SwitchCommands {
  private static final String ENABLED = "enabled";

  private final ConfigurationAdmin configurations;
  private final SamplerInventory inventory;

  @Activate
  public SwitchCommands(
      @Reference ConfigurationAdmin configurations, @Reference SamplerInventory inventory) {
    this.configurations = configurations;
    this.inventory = inventory;
  }

  @Descriptor("switch a sampler on")
  public void enable(@Descriptor("its name") String name) throws IOException {
    set(name, true);
  }

  @Descriptor("switch a sampler off; its metrics are gone from the next scrape")
  public void disable(@Descriptor("its name") String name) throws IOException {
    set(name, false);
  }

  private void set(String name, boolean enabled) throws IOException {
    SamplerCommands.find(inventory, name);
    Configuration configuration =
        configurations.getConfiguration(ProvidesSampler.PID_PREFIX + name, "?");
    Dictionary<String, Object> properties = configuration.getProperties();
    if (properties == null) {
      properties = new Hashtable<>();
    }
    properties.put(ENABLED, enabled);
    configuration.updateIfDifferent(properties);
  }
}
