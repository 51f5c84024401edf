package io.rezolus.analysis.recordingtools;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.libs.query.CatalogSource;
import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.QueryOptions;
import io.rezolus.libs.query.QueryResult;
import io.rezolus.libs.query.Selector;
import io.rezolus.libs.query.recording.RecordingSource;
import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.metadata.Kpi;
import io.rezolus.libs.recording.metadata.ServiceExtension;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Asks each indicator of a recording, to know for which of them it has data. */
final class KpiValidation {
  private static final long STEP = 1_000_000_000L;

  /** Steps asked at a time: most indicators have data at the start, and memory stays bounded. */
  private static final long STEPS = 600;

  private static final long CACHE_BYTES = 64L << 20;

  private final QueryEngine engine = new QueryEngine(QueryOptions.DEFAULT);
  private final PrintWriter messages;

  KpiValidation(PrintWriter messages) {
    this.messages = messages;
  }

  /** What is said where no indicator has data. */
  static CommandException nothing(Path file, ServiceExtension service) {
    return Failure.of(
        file + ": no data for any indicator of " + service.serviceName() + "; nothing was changed");
  }

  /** The indicators with {@link Kpi#available} as the recording has it. */
  ServiceExtension validate(Recording recording, ServiceExtension service) throws IOException {
    CatalogSource source = RecordingSource.of(recording, CACHE_BYTES);
    List<Kpi> kpis = new ArrayList<>();
    SortedSet<String> missing = new TreeSet<>();
    int available = 0;
    for (Kpi kpi : service.kpis()) {
      boolean hasData = hasData(source, kpi);
      kpis.add(kpi.withAvailable(hasData));
      available += hasData ? 1 : 0;
      if (!hasData) {
        missing.addAll(metrics(kpi));
      }
    }
    messages.println(
        recording.name()
            + ": data for "
            + available
            + " of "
            + kpis.size()
            + " indicators of "
            + service.serviceName());
    if (!missing.isEmpty()) {
      messages.println("without data: " + String.join(", ", missing));
    }
    return service.withKpis(kpis);
  }

  private boolean hasData(CatalogSource source, Kpi kpi) {
    try {
      long last = source.endNanos();
      for (long from = source.startNanos(); from <= last; from += STEPS * STEP) {
        // the step after the last row, whose rates end in that row
        long to = Math.min(from + (STEPS - 1) * STEP, last + STEP);
        if (isPresent(engine.range(source, query(kpi), from, to, STEP))) {
          return true;
        }
      }
    } catch (QueryException e) {
      messages.println("warning: indicator \"" + kpi.title() + "\": " + e.getMessage());
    }
    return false;
  }

  /**
   * A histogram has quantiles and a heat map wherever it has observations, and their number is
   * cheaper to have.
   */
  private static String query(Kpi kpi) {
    return kpi.isHistogram() ? "histogram_count(" + kpi.query() + ") > 0" : kpi.query();
  }

  private static boolean isPresent(QueryResult result) {
    return result instanceof QueryResult.Matrix matrix
        && matrix.series().stream().anyMatch(KpiValidation::hasNumber);
  }

  private static boolean hasNumber(QueryResult.Series series) {
    for (int i = 0; i < series.samples().size(); i++) {
      if (series.samples().histogram(i) != null || !Double.isNaN(series.samples().value(i))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> metrics(Kpi kpi) {
    try {
      return QueryEngine.metrics(kpi.query()).stream()
          .map(Selector::name)
          .filter(name -> name != null)
          .toList();
    } catch (QueryException e) {
      return List.of();
    }
  }
}
