package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestScriptTest {
  private static final String LOAD = "load 1m\n  m{a=\"1\"} 1+1x10\n  m{a=\"2\"} 9-1x5\n\n";

  private static int failures(String eval) {
    return TestScript.failures(LOAD + eval.replace('|', '\n').replace('~', '"')).size();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "eval instant at 1m sum(m)|{} 10",
        "eval instant at 1m m|m{a=~1~} 2|m{a=~2~} 8",
        "eval instant at 1m sort(m)|expect ordered|m{a=~1~} 2|m{a=~2~} 8",
        "eval instant at 1m 1 + 1|2",
        "eval instant at 1m ~x~|expect string ~x~",
        "eval instant at 1m m{a=~1~}[2m]|expect range vector from 0 to 1m step 1m|m{a=~1~} 1 2",
        "eval range from 0 to 2m step 1m m{a=~1~}|m{a=~1~} 1 2 3",
        "eval instant at 1m m * on() m|expect fail regex: many-to-many",
        "eval instant at 1m quantile(2, m)|expect warn regex: between 0 and 1|{} Inf",
        "eval instant at 1m sum(m)|expect no_warn|expect no_info|{} 10",
        "eval_fail instant at 1m m * on() m",
        "eval instant at 1m nothing"
      })
  void accepts_what_is_as_expected(String eval) {
    assertEquals(0, failures(eval));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "eval instant at 1m sum(m)|{} 11",
        "eval instant at 1m sum(m)",
        "eval instant at 1m m|m{a=~1~} 2",
        "eval instant at 1m sort_desc(m)|expect ordered|m{a=~1~} 2|m{a=~2~} 8",
        "eval instant at 1m 1 + 1|3",
        "eval instant at 1m ~x~|expect string ~y~",
        "eval instant at 1m m{a=~1~}[2m]|expect range vector from 0 to 1m step 1m|m{a=~1~} 1 3",
        "eval range from 0 to 2m step 1m m{a=~1~}|m{a=~1~} 1 2",
        "eval instant at 1m sum(m)|expect fail",
        "eval instant at 1m m * on() m|expect fail msg: something else",
        "eval instant at 1m m * on() m",
        "eval instant at 1m sum(m)|expect warn|{} 10",
        "eval instant at 1m sum(m)|expect info|{} 10",
        "eval instant at 1m quantile(2, m)|expect no_warn|{} Inf",
        "eval instant at 1m sum(m|{} 10",
        "expect nothing"
      })
  void refuses_what_is_not(String eval) {
    assertEquals(1, failures(eval));
  }
}
