package io.rezolus.analysis.queryhttp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** The parameters of a request, of its URL or its form. */
final class Parameters {
  private static final int QUERY_MAX = 1 << 16;

  /** What Prometheus says of a step. */
  private static final String STEPS =
      "query resolution step widths are not accepted. Try a positive integer";

  private final HttpServletRequest request;

  Parameters(HttpServletRequest request) {
    this.request = request;
  }

  /** A value, or null; an empty one counts as absent. */
  String text(String name) throws ApiException {
    String[] values = values(name);
    return values == null || values[0].isEmpty() ? null : values[0];
  }

  List<String> all(String name) throws ApiException {
    String[] values = values(name);
    return values == null ? List.of() : List.of(values);
  }

  private String[] values(String name) throws ApiException {
    try {
      return request.getParameterValues(name);
    } catch (RuntimeException e) {
      // a broken percent sign, no UTF-8, or a form that is too large; the server has its own types
      throw ApiException.badData(
          "the parameters cannot be decoded; expected percent-encoded UTF-8, in a form at most 200"
              + " kB");
    }
  }

  String required(String name) throws ApiException {
    String value = text(name);
    if (value == null) {
      throw ApiException.badData("invalid parameter \"" + name + "\": it is missing");
    }
    return value;
  }

  String query() throws ApiException {
    String query = required("query");
    if (query.length() > QUERY_MAX) {
      throw ApiException.badData(
          "invalid parameter \"query\": longer than " + QUERY_MAX + " characters");
    }
    return query;
  }

  long time(String name) throws ApiException {
    return Times.time(name, required(name));
  }

  long time(String name, long otherwise) throws ApiException {
    String text = text(name);
    return text == null ? otherwise : Times.time(name, text);
  }

  /** A duration above zero. */
  long duration(String name) throws ApiException {
    return positive(name, Times.duration(name, required(name)));
  }

  long duration(String name, long otherwise) throws ApiException {
    String text = text(name);
    return text == null ? otherwise : positive(name, Times.duration(name, text));
  }

  private static long positive(String name, long nanos) throws ApiException {
    if (nanos <= 0) {
      throw ApiException.badData(
          "invalid parameter \""
              + name
              + "\": zero or negative "
              + (name.equals("step") ? STEPS : "durations are not accepted"));
    }
    return nanos;
  }

  /** A whole number of at least zero. */
  int count(String name, int otherwise) throws ApiException {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw ApiException.badData(
        "invalid parameter \"" + name + "\": expected a whole number of at least 0");
  }
}
