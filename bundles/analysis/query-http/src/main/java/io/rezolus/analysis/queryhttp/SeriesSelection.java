package io.rezolus.analysis.queryhttp;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Matcher;
import io.rezolus.libs.query.QueryException;
import io.rezolus.libs.query.Selectors;
import io.rezolus.libs.query.capture.Capture;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The series that {@code match[]}, {@code start} and {@code end} of a request pick. */
final class SeriesSelection {
  private final Capture capture;
  private final List<List<Matcher>> selectors = new ArrayList<>();
  private final long start;
  private final long end;

  SeriesSelection(Captures captures, Parameters parameters) throws ApiException {
    capture = captures.find(parameters.text("capture"));
    start = parameters.time("start", Long.MIN_VALUE);
    end = parameters.time("end", Long.MAX_VALUE);
    if (end < start) {
      throw ApiException.badData(
          "invalid parameter \"end\": end timestamp must not be before start time");
    }
    for (String text : parameters.all("match[]")) {
      try {
        selectors.add(Selectors.parse(text));
      } catch (QueryException e) {
        throw ApiException.badData("invalid parameter \"match[]\": " + e.getMessage());
      }
    }
  }

  /** Whether the request names any selector. */
  boolean named() {
    return !selectors.isEmpty();
  }

  /** Label sets that pass any selector, or all without one; each once. */
  Set<Labels> series() {
    Set<Labels> out = new LinkedHashSet<>();
    if (selectors.isEmpty()) {
      out.addAll(capture.source().series(List.of(), start, end));
    }
    for (List<Matcher> selector : selectors) {
      out.addAll(capture.source().series(selector, start, end));
    }
    return out;
  }
}
