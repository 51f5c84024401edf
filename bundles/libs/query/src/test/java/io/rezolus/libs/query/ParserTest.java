package io.rezolus.libs.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  private static final String[] PIECES = {
    "sum",
    "by",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "5m",
    ":",
    "a",
    "b=\"c\"",
    "=~",
    "\"(\"",
    "-",
    "^",
    "@",
    "offset",
    "1e5",
    "rate",
    "on",
    "group_left",
    "fill",
    ",",
    " ",
    "and",
    "==",
    "bool",
    "start()",
    "smoothed",
    "0x",
    "'",
    "\\",
    "#",
    "\n"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (a, b) (rate(x{c=\"d\",e!~\"f.*\"}[5m] offset 1m))",
        "a + on (x) group_left (y) fill_right (0) b",
        "-a ^ 2 or b unless ignoring (c) d",
        "x[1m + step() * 2] anchored",
        "max_over_time((a > bool 2)[1h30m:15s] @ end() offset -5m)",
        "{\"odd name\",\"label.x\"=\"v\"}",
        "topk without (a) (3, x @ 12.500)",
        "label_replace(x, \"a\", \"$1\", \"b\", \"(.*)\\\\d\")"
      })
  void prints_what_parses_to_the_same(String query) {
    String once = QueryEngine.format(query);
    assertEquals(once, QueryEngine.format(once));
    assertEquals(query, once);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a + ; 1:5: parse error: unexpected end of input in expression",
        "nope(a); 1:1: parse error: unknown function with name \"nope\"",
        "rate(a); 1:6: parse error: expected type range vector in call to function \"rate\", got instant vector",
        "{a=\"\"}; 1:1: parse error: vector selector must contain at least one non-empty matcher",
        "1 > 2; 1:1: parse error: comparisons between scalars must use BOOL modifier"
      })
  void says_where_and_why(String query, String message) {
    assertEquals(
        message,
        assertThrows(ParseException.class, () -> Parser.parse(query.equals("a +") ? "a + " : query))
            .getMessage());
  }

  @Test
  void answers_any_text_with_an_expression_or_a_positioned_error() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder b = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        b.append(
            random.nextInt(9) == 0
                ? Character.toString(random.nextInt(300))
                : PIECES[random.nextInt(PIECES.length)]);
      }
      try {
        Expr e = Parser.parse(b.toString());
        String printed = Printer.print(e);
        assertEquals(printed, Printer.print(Parser.parse(printed)), b.toString());
      } catch (ParseException e) {
        assertEquals(
            true, e.getMessage().matches("(?s)\\d+:\\d+: parse error: .+"), e.getMessage());
      }
    }
  }

  @Test
  void refuses_nesting_without_end() {
    assertThrows(ParseException.class, () -> Parser.parse("(".repeat(100_000)));
    assertThrows(ParseException.class, () -> Parser.parse("-".repeat(100_000) + "1"));
    assertThrows(ParseException.class, () -> Parser.parse("1" + "+1".repeat(100_000)));
    assertThrows(ParseException.class, () -> Parser.parse("a[" + "(".repeat(100_000)));
  }
}
