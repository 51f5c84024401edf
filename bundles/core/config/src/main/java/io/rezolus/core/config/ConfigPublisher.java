package io.rezolus.core.config;

import io.rezolus.core.api.http.ListenAddress;
import java.io.IOException;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Makes Config Admin hold what the file says: changed, removed and defaulted values alike. */
final class ConfigPublisher {
  /** Any bundle may receive it. */
  private static final String ANY_LOCATION = "?";

  /** Reachable from this machine only, which is safe on any network. */
  private static final ListenAddress DEFAULT_LISTEN = new ListenAddress("127.0.0.1", 4241);

  private final ConfigurationAdmin admin;

  ConfigPublisher(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /**
   * Publishes a whole configuration.
   *
   * @param installed samplers whose bundles are installed; they get the defaults too
   */
  void publish(AgentConfig config, Collection<String> installed) throws IOException {
    Map<String, Object> general = config.section("general");
    set(ConfigPids.AGENT, general);
    set(ConfigPids.SCHEDULER, config.section("scheduler"));
    ListenAddress listen =
        general.get("listen") instanceof String text
            ? ListenAddress.parseNamed(text)
            : DEFAULT_LISTEN;
    set(
        ConfigPids.HTTP,
        Map.of(ConfigPids.HTTP_HOST, listen.host(), ConfigPids.HTTP_PORT, listen.port()));
    TreeSet<String> samplers = new TreeSet<>(SamplerNames.with(installed));
    samplers.addAll(config.samplers().keySet());
    samplers.addAll(publishedSamplers());
    for (String sampler : samplers) {
      set(ConfigPids.SAMPLER_PREFIX + sampler, config.sampler(sampler));
    }
  }

  /** Publishes the defaults for samplers that have no configuration yet. */
  void publishMissing(AgentConfig config, Collection<String> installed) throws IOException {
    for (String sampler : installed) {
      if (find(ConfigPids.SAMPLER_PREFIX + sampler) == null) {
        set(ConfigPids.SAMPLER_PREFIX + sampler, config.sampler(sampler));
      }
    }
  }

  /** The value of a sampler's switch in Config Admin, or null where it has none there. */
  Boolean enabled(String sampler) throws IOException {
    Configuration configuration = find(ConfigPids.SAMPLER_PREFIX + sampler);
    if (configuration == null || configuration.getProperties() == null) {
      return null;
    }
    Object enabled = configuration.getProperties().get(ConfigPids.ENABLED);
    return enabled == null ? null : Boolean.valueOf(enabled.toString());
  }

  private void set(String pid, Map<String, Object> values) throws IOException {
    if (!values.isEmpty()) {
      admin
          .getConfiguration(pid, ANY_LOCATION)
          .updateIfDifferent(new Hashtable<>(new TreeMap<>(values)));
      return;
    }
    Configuration configuration = find(pid);
    if (configuration != null) {
      configuration.delete();
    }
  }

  private TreeSet<String> publishedSamplers() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Configuration configuration : list(ConfigPids.SAMPLER_PREFIX + "*")) {
      names.add(configuration.getPid().substring(ConfigPids.SAMPLER_PREFIX.length()));
    }
    return names;
  }

  private Configuration find(String pid) throws IOException {
    Configuration[] found = list(pid);
    return found.length == 0 ? null : found[0];
  }

  private Configuration[] list(String pid) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations("(service.pid=" + pid + ")");
      return found == null ? new Configuration[0] : found;
    } catch (InvalidSyntaxException e) {
      throw new IOException(pid + ": not a PID", e);
    }
  }
}
