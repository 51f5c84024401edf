package io.rezolus.core.shell;

import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerHealth;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Component;

/** How the shell shows samplers: lists as a table, one of them with its programs. */
@Component(
    service = Converter.class,
    property = {
      "osgi.converter.classes=io.rezolus.core.api.snapshot.SamplerStatus",
      "osgi.converter.classes=java.util.List"
    })
public final class SamplerTable implements Converter {

  @Override
  public Object convert(Class<?> desiredType, Object in) {
    return null; // samplers are shown, never parsed
  }

  @Override
  public CharSequence format(Object target, int level, Converter escape) {
    if (target instanceof SamplerStatus sampler) {
      return level == LINE || level == PART ? line(sampler) : details(sampler);
    }
    if (target instanceof List<?> list
        && !list.isEmpty()
        && list.stream().allMatch(SamplerStatus.class::isInstance)) {
      return table(list.stream().map(SamplerStatus.class::cast).toList());
    }
    return null;
  }

  /** The state, or for one that runs, its health where that is worse. */
  static String verdict(SamplerStatus sampler) {
    boolean judged =
        sampler.health() != null
            && sampler.health().level() != SamplerHealth.Level.HEALTHY
            && sampler.state() != SamplerStatus.State.DISABLED;
    return (judged ? sampler.health().level() : sampler.state()).name().toLowerCase(Locale.ROOT);
  }

  private static CharSequence table(List<SamplerStatus> samplers) {
    Columns columns = new Columns("SAMPLER", "STATE", "REFRESH", "BUNDLE", "REASON");
    for (SamplerStatus sampler : samplers) {
      columns.row(
          sampler.name(),
          verdict(sampler),
          duration(sampler.refreshNanos()),
          sampler.bundle() == null ? "-" : sampler.bundle(),
          sampler.reason() == null ? "" : sampler.reason());
    }
    return columns.toString();
  }

  private static CharSequence line(SamplerStatus sampler) {
    return sampler.name() + ' ' + verdict(sampler);
  }

  private static CharSequence details(SamplerStatus sampler) {
    StringBuilder text = new StringBuilder();
    text.append("name     ").append(sampler.name()).append('\n');
    text.append("state    ").append(verdict(sampler)).append('\n');
    text.append("bundle   ").append(sampler.bundle() == null ? "-" : sampler.bundle()).append('\n');
    text.append("refresh  ").append(duration(sampler.refreshNanos())).append('\n');
    if (sampler.reason() != null) {
      text.append("reason   ").append(sampler.reason()).append('\n');
    }
    if (!sampler.programs().isEmpty()) {
      Columns columns = new Columns("PROGRAM", "VERDICT", "HOOK", "ERROR");
      for (ProgramStatus program : new ArrayList<>(sampler.programs())) {
        columns.row(
            program.name(),
            program.verdict().name().toLowerCase(Locale.ROOT),
            program.hook() == null ? "-" : program.hook(),
            program.error() == null ? "" : program.error());
      }
      text.append(columns);
    }
    return text;
  }

  static String duration(long nanos) {
    return nanos == 0 ? "-" : String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }
}
