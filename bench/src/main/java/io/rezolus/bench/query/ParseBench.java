package io.rezolus.bench.query;

import io.rezolus.libs.query.QueryEngine;
import io.rezolus.libs.query.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From text to a checked expression and its selectors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ParseBench {
  @Param({
    "sum by (id) (rate(cpu_usage{state=\"user\"}[1m])) / on (id) group_left () cpu_frequency",
    "histogram_quantile(0.99, sum by (op) (increase(blockio_latency[1m] smoothed))) / 1e3"
  })
  public String query;

  @Benchmark
  public List<Selector> parse() {
    return QueryEngine.metrics(query);
  }
}
