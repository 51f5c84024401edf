package io.rezolus.libs.query;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions that rewrite labels. */
final class LabelFunctions {
  private LabelFunctions() {}

  static Value replace(Evaluator e, Expr.Call c) {
    String target = e.text(c.args().get(1));
    String replacement = e.text(c.args().get(2));
    String source = e.text(c.args().get(3));
    String regex = e.text(c.args().get(4));
    Pattern pattern;
    try {
      pattern = Matcher.compile(regex);
    } catch (IllegalArgumentException x) {
      throw failure("invalid regular expression in label_replace(): " + regex);
    }
    if (!Names.isValid(target)) {
      throw failure("invalid destination label name in label_replace(): " + target);
    }
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : e.vector(c.args().get(0))) {
      com.google.re2j.Matcher m = pattern.matcher(s.labels.get(source));
      if (m.matches()) {
        boolean drop = s.dropName && !target.equals(Labels.NAME);
        out.add(s.as(s.labels.with(target, Template.expand(replacement, m)), drop));
      } else {
        out.add(s);
      }
    }
    return new Value.Vector(unique(out));
  }

  static Value join(Evaluator e, Expr.Call c) {
    String target = e.text(c.args().get(1));
    String separator = e.text(c.args().get(2));
    if (!Names.isValid(target)) {
      throw failure("invalid label name in label_join(): " + target);
    }
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : e.vector(c.args().get(0))) {
      List<String> values = new ArrayList<>();
      for (Expr source : c.args().subList(3, c.args().size())) {
        values.add(s.labels.get(e.text(source)));
      }
      boolean drop = s.dropName && !target.equals(Labels.NAME);
      out.add(s.as(s.labels.with(target, String.join(separator, values)), drop));
    }
    return new Value.Vector(unique(out));
  }

  private static QueryException failure(String text) {
    return new QueryException(QueryException.Kind.EXECUTION, text);
  }

  /** Joins series that became the same at different steps; at the same step that is an error. */
  static List<StepSeries> unique(List<StepSeries> series) {
    Map<Labels, StepSeries> seen = new HashMap<>();
    List<StepSeries> out = new ArrayList<>();
    for (StepSeries s : series) {
      StepSeries known = seen.putIfAbsent(s.labels, s);
      if (known == null) {
        out.add(s);
        continue;
      }
      for (int t = 0; t < s.values.length; t++) {
        if (s.present[t] && known.present[t]) {
          throw failure(ResultBuilder.DUPLICATE);
        }
        if (s.present[t]) {
          known.copy(t, s);
        }
      }
    }
    return out;
  }
}
