package io.rezolus.libs.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds the labels of info metrics to series of the same job and instance. */
final class InfoFunction {
  private static final Set<String> IDENTITY = Set.of("instance", "job");

  private final Evaluator eval;
  private final List<Matcher> names = new ArrayList<>();
  private final List<Matcher> data = new ArrayList<>();
  private final Map<Labels, StepSeries> results = new LinkedHashMap<>();

  /** An info series and the times of its samples in seconds. */
  private record Info(StepSeries values, StepSeries times) {}

  private InfoFunction(Evaluator eval) {
    this.eval = eval;
  }

  static Value apply(Evaluator e, Expr.Call c) {
    return new InfoFunction(e).run(c);
  }

  private Value run(Expr.Call c) {
    if (c.args().size() > 1 && c.args().get(1) instanceof Expr.VectorSelector filter) {
      for (Matcher m : filter.matchers()) {
        (m.name().equals(Labels.NAME) ? names : data).add(m);
      }
    }
    if (names.isEmpty()) {
      names.add(new Matcher(Labels.NAME, Matcher.Op.EQUAL, "target_info"));
    } else if (names.stream()
        .noneMatch(m -> m.op() == Matcher.Op.EQUAL || m.op() == Matcher.Op.REGEX)) {
      names.add(new Matcher(Labels.NAME, Matcher.Op.REGEX, ".+_info"));
    }
    List<StepSeries> base = eval.vector(c.args().get(0));
    Map<Labels, Map<String, List<Info>>> infos = infos(c.args().get(0));
    for (StepSeries s : base) {
      if (names.stream().allMatch(m -> m.matches(s.labels))) {
        results.put(s.labels, s);
      }
    }
    for (StepSeries s : base) {
      if (!results.containsKey(s.labels) || results.get(s.labels) != s) {
        enrich(s, infos.getOrDefault(s.labels.keep(IDENTITY), Map.of()));
      }
    }
    return new Value.Vector(new ArrayList<>(results.values()));
  }

  /** The info series by identity and metric name, at the times the argument looks at. */
  private Map<Labels, Map<String, List<Info>>> infos(Expr argument) {
    long start = reference(argument, eval.grid().start());
    boolean fixed = eval.steps() > 1 && reference(argument, eval.grid().last()) == start;
    StepGrid grid =
        new StepGrid(start, fixed ? 0 : eval.grid().step(), eval.steps(), eval.grid().end());
    Evaluator e = new Evaluator(eval.context(), grid);
    List<Matcher> all = new ArrayList<>(names);
    all.addAll(data);
    Expr.VectorSelector selector =
        new Expr.VectorSelector(null, all, Timing.NONE, Expr.Extension.NONE, argument.span());
    Map<Labels, StepSeries> times = new HashMap<>();
    InstantSelector.times(e, selector, false).series().forEach(s -> times.put(s.labels, s));
    Map<Labels, Map<String, List<Info>>> out = new HashMap<>();
    for (StepSeries s : InstantSelector.evaluate(e, selector).series()) {
      if (s.histograms != null) {
        throw new QueryException(
            QueryException.Kind.EXECUTION,
            "this should be an info metric, with float samples: " + s.labels);
      }
      Labels identity = s.labels.keep(IDENTITY);
      if (identity.size() > 0) {
        out.computeIfAbsent(identity, k -> new TreeMap<>())
            .computeIfAbsent(s.labels.get(Labels.NAME), k -> new ArrayList<>())
            .add(new Info(s, times.get(s.labels)));
      }
    }
    return out;
  }

  /** The time that the first selector of an expression looks at. */
  private long reference(Expr e, long time) {
    if (e instanceof Expr.VectorSelector v) {
      return eval.context().reference(v.timing(), time);
    } else if (e instanceof Expr.MatrixSelector m) {
      return eval.context().reference(m.selector().timing(), time);
    } else if (e instanceof Expr.Subquery s) {
      return reference(s.expr(), eval.context().reference(s.timing(), time));
    } else if (e instanceof Expr.Paren p) {
      return reference(p.expr(), time);
    } else if (e instanceof Expr.Unary u) {
      return reference(u.expr(), time);
    } else if (e instanceof Expr.Aggregate a) {
      return reference(a.expr(), time);
    } else if (e instanceof Expr.Binary b) {
      return reference(b.left().type() == ValueType.VECTOR ? b.left() : b.right(), time);
    } else if (e instanceof Expr.Call c) {
      for (Expr arg : c.args()) {
        if (arg.type() == ValueType.VECTOR || arg.type() == ValueType.MATRIX) {
          return reference(arg, time);
        }
      }
    }
    return time;
  }

  private void enrich(StepSeries s, Map<String, List<Info>> infos) {
    boolean required = data.stream().anyMatch(m -> !m.matches(""));
    for (int t = 0; t < eval.steps(); t++) {
      if (!s.present[t]) {
        continue;
      }
      Labels labels = s.labels;
      Map<String, String> added = new TreeMap<>();
      boolean found = false;
      for (List<Info> candidates : infos.values()) {
        Labels info = newest(candidates, t);
        if (info != null) {
          found = true;
          add(s.labels, info, added);
        }
      }
      if (!found && required) {
        continue;
      }
      for (Map.Entry<String, String> e : added.entrySet()) {
        labels = labels.with(e.getKey(), e.getValue());
      }
      StepSeries out =
          results.computeIfAbsent(labels, k -> new StepSeries(k, s.dropName, eval.steps()));
      if (out.present[t]) {
        throw new QueryException(QueryException.Kind.EXECUTION, ResultBuilder.DUPLICATE);
      }
      out.copy(t, s);
    }
  }

  private void add(Labels base, Labels info, Map<String, String> added) {
    for (int i = 0; i < info.size(); i++) {
      String name = info.name(i);
      boolean wanted = data.isEmpty() || data.stream().anyMatch(m -> m.name().equals(name));
      if (!wanted
          || name.equals(Labels.NAME)
          || IDENTITY.contains(name)
          || !base.get(name).isEmpty()) {
        continue;
      }
      String before = added.put(name, info.value(i));
      if (before != null && !before.equals(info.value(i))) {
        throw new QueryException(QueryException.Kind.EXECUTION, "conflicting label: " + name);
      }
    }
  }

  private static Labels newest(List<Info> candidates, int t) {
    Info best = null;
    for (Info i : candidates) {
      if (i.values.present[t] && (best == null || i.times.values[t] > best.times.values[t])) {
        best = i;
      }
    }
    return best == null ? null : best.values.labels;
  }
}
