package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.rezolus.libs.histogram.Histogram;
import io.rezolus.libs.histogram.HistogramConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FuzzTest {
  private static final long SECOND = 1_000_000_000L;
  private static final String[] WORDS = {
    "c",
    "g",
    "h",
    "x",
    "rate",
    "irate",
    "increase",
    "sum",
    "avg",
    "topk",
    "quantile",
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "and",
    "or",
    "unless",
    "offset",
    "@",
    "bool",
    "(",
    "(",
    ")",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    "=~",
    "!=",
    "==",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "<",
    ">=",
    "1",
    "0.5",
    "1e9",
    "NaN",
    "5s",
    "1m",
    "0x1f",
    "\"a\"",
    "'b'",
    "`c`",
    "\"(.*\"",
    "histogram_quantile",
    "histogram_quantiles",
    "histogram_count",
    "histogram_heatmap",
    "histogram_mean",
    "label_replace",
    "absent",
    "start()",
    "end()",
    "step()",
    "smoothed",
    "anchored",
    "time()",
    "vector",
    "scalar",
    "last_over_time",
    "#",
    "\n",
    "id",
    "fill",
    "info",
    "sort",
    "count_values",
    "limitk",
    "predict_linear",
    "deriv",
    "inf",
    "-"
  };
  private static final String[] SEEDS = {
    "sum by (id) (rate(c[1m]))",
    "histogram_quantile(0.99, sum by (id) (increase(h[10s] smoothed)))",
    "histogram_quantiles([0.5, 0.9], h, 10) / 1e9",
    "topk(2, irate(c[5s] offset 1s)) * on (id) group_left () g",
    "label_replace(g, \"a\", \"$1\", \"id\", \"(.*)\") or absent(x{a=\"b\"})",
    "max_over_time(rate(c[5s])[20s:1s] @ end()) > bool 3",
    "histogram_mean by (id) (h) ^ -2",
    "count_values(\"v\", h) unless avg_over_time(h[3s])",
  };

  private final QueryEngine engine =
      new QueryEngine(QueryOptions.DEFAULT.withMaxSamples(100_000).withMaxBytes(50_000_000));
  private final SeriesSource source = source();

  private static SeriesSource source() {
    long[] times = new long[30];
    Arrays.setAll(times, i -> i * SECOND);
    long[] counts = new long[30];
    Arrays.setAll(counts, i -> i * i);
    double[] gauges = new double[30];
    Arrays.setAll(gauges, i -> 15 - i);
    Histogram h = new Histogram(HistogramConfig.NATIVE);
    List<long[]> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      h.increment(i * 100L);
      rows.add(h.buckets().clone());
    }
    List<SourceSeries> all = new ArrayList<>();
    for (String id : List.of("0", "1")) {
      all.add(series("c", id, Samples.counters(times, counts)));
      all.add(series("g", id, Samples.gauges(times, gauges)));
      all.add(series("h", id, Samples.h2(times, H2Rows.of(HistogramConfig.NATIVE, rows), null)));
    }
    return (matchers, a, b) ->
        all.stream().filter(s -> matchers.stream().allMatch(m -> m.matches(s.labels()))).toList();
  }

  private static SourceSeries series(String name, String id, Samples samples) {
    return new SourceSeries(Labels.of(Labels.NAME, name, "id", id), samples);
  }

  private boolean answers(String query) {
    try {
      Expr e = Parser.parse(query);
      String printed = Printer.print(e);
      assertTrue(Printer.print(Parser.parse(printed)).equals(printed), printed);
      engine.instant(source, query, 20 * SECOND);
      engine.range(source, query, 5 * SECOND, 25 * SECOND, 4 * SECOND);
      return true;
    } catch (QueryException e) {
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("seed of the failure: " + Quoting.quote(query), e);
    }
  }

  @Test
  void any_bytes_give_a_result_or_an_error_of_the_query() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      answers(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  @Test
  void any_row_of_words_gives_a_result_or_an_error_of_the_query() {
    Random random = new Random(2);
    for (int i = 0; i < 40_000; i++) {
      StringBuilder b = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        b.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
      }
      answers(b.toString());
    }
  }

  @Test
  void queries_with_words_exchanged_give_a_result_or_an_error_of_the_query() {
    Random random = new Random(3);
    int answered = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder b = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
      for (int n = random.nextInt(3); n >= 0; n--) {
        int at = random.nextInt(b.length());
        int end = Math.min(b.length(), at + random.nextInt(4));
        b.replace(at, end, random.nextInt(4) == 0 ? "" : WORDS[random.nextInt(WORDS.length)]);
        if (b.length() == 0) {
          b.append('c');
        }
      }
      answered += answers(b.toString()) ? 1 : 0;
    }
    assertTrue(answered > 500, "only " + answered + " were queries");
  }

  @Test
  void deep_nesting_is_an_error_of_the_query() {
    for (String s : List.of("(", "-", "sum(", "c + (", "rate(c[", "{a=\"", "((((c)[1s:]", "1 ^ ")) {
      answers(s.repeat(20_000));
      answers(s.repeat(400) + "c" + ")".repeat(400));
    }
    answers("c + ".repeat(900) + "c");
    answers("c" + " or c".repeat(5000));
  }
}
