package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.Selector;
import io.rezolus.libs.recording.metadata.Kpi;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import io.rezolus.libs.recording.parquet.ArrowField;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells which columns the queries of indicators read. */
final class KpiColumns {
  private static final String NAME = "__name__";

  private final List<Selector> selectors = new ArrayList<>();

  /**
   * @param file the recording, which errors are about
   */
  KpiColumns(Path file, List<ServiceExtension> services) throws CommandException {
    for (ServiceExtension service : services) {
      for (Kpi kpi : service.kpis()) {
        try {
          selectors.addAll(QueryEngine.metrics(kpi.query()));
        } catch (QueryException e) {
          throw Failure.of(
              file
                  + ": indicator \""
                  + kpi.title()
                  + "\" of "
                  + service.serviceName()
                  + ": its query is not valid, so the columns it needs are not known: "
                  + e.getMessage());
        }
      }
    }
  }

  /** By the names a column goes by; where a query names no metric, by the column's labels. */
  boolean contains(ArrowField field) {
    Set<String> names = names(field);
    return selectors.stream().anyMatch(selector -> matches(selector, field, names));
  }

  private static boolean matches(Selector selector, ArrowField field, Set<String> names) {
    if (selector.name() != null) {
      return names.contains(selector.name());
    }
    List<Matcher> named =
        selector.matchers().stream().filter(matcher -> matcher.name().equals(NAME)).toList();
    if (!named.isEmpty()) {
      return names.stream()
          .anyMatch(name -> named.stream().allMatch(matcher -> matcher.matches(name)));
    }
    return selector.matchers().stream()
        .allMatch(matcher -> matcher.matches(field.metadata().getOrDefault(matcher.name(), "")));
  }

  /** The column's own name, the part of it before a colon, and its metric's. */
  static Set<String> names(ArrowField field) {
    Set<String> names = new LinkedHashSet<>();
    names.add(field.name());
    int colon = field.name().indexOf(':');
    if (colon > 0) {
      names.add(field.name().substring(0, colon));
    }
    String metric = field.metadata().get("metric");
    if (metric != null) {
      names.add(metric);
    }
    return names;
  }
}
