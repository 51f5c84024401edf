package io.rezolus.core.shell;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Component;

/** How the shell shows values and costs: lists as a table, one of them as a line of it. */
@Component(
    service = Converter.class,
    property = {
      "osgi.converter.classes=io.rezolus.core.shell.Series",
      "osgi.converter.classes=io.rezolus.core.shell.SamplerCost",
      "osgi.converter.classes=java.util.List"
    })
public final class ReadingTable implements Converter {

  @Override
  public Object convert(Class<?> desiredType, Object in) {
    return null; // readings are shown, never parsed
  }

  @Override
  public CharSequence format(Object target, int level, Converter escape) {
    if (target instanceof Series series) {
      return String.join(" ", cells(series)).stripTrailing();
    }
    if (target instanceof SamplerCost cost) {
      return String.join(" ", cells(cost));
    }
    if (!(target instanceof List<?> list) || list.isEmpty()) {
      return null;
    }
    if (list.stream().allMatch(Series.class::isInstance)) {
      Columns columns = new Columns("SERIES", "VALUE", "LABELS");
      list.forEach(series -> columns.row(cells((Series) series)));
      return columns.toString();
    }
    if (list.stream().allMatch(SamplerCost.class::isInstance)) {
      return costs(list.stream().map(SamplerCost.class::cast).toList());
    }
    return null;
  }

  private static String costs(List<SamplerCost> costs) {
    Columns columns = new Columns("SAMPLER", "REFRESH", "BPF RUNS", "NS/RUN", "BPF TIME");
    costs.forEach(cost -> columns.row(cells(cost)));
    return costs.stream().allMatch(cost -> cost.bpfRuns() == 0)
        ? columns + "BPF runs are counted while kernel.bpf_stats_enabled is 1\n"
        : columns.toString();
  }

  private static String[] cells(Series series) {
    String labels =
        series.labels().entrySet().stream()
            .map((Map.Entry<String, String> label) -> label.getKey() + '=' + label.getValue())
            .collect(Collectors.joining(" "));
    return new String[] {series.name(), series.value(), labels};
  }

  private static String[] cells(SamplerCost cost) {
    boolean counted = cost.bpfRuns() != 0;
    return new String[] {
      cost.sampler(),
      SamplerTable.duration(cost.refreshNanos()),
      counted ? Long.toUnsignedString(cost.bpfRuns()) : "-",
      counted ? Long.toUnsignedString(Long.divideUnsigned(cost.bpfNanos(), cost.bpfRuns())) : "-",
      counted ? SamplerTable.duration(cost.bpfNanos()) : "-"
    };
  }
}
