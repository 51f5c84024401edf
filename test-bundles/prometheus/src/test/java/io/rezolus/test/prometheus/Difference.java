package io.rezolus.test.prometheus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares two answers in the JSON of Prometheus. */
final class Difference {
  private static final double TOLERANCE = 1e-9;

  private Difference() {}

  /** What differs in the answer {@code ours}, or null. Of errors only that there is one counts. */
  static String of(JsonObject theirs, JsonObject ours, boolean ordered) {
    boolean failed = status(theirs).equals("error");
    if (failed || status(ours).equals("error")) {
      return failed && status(ours).equals("error")
          ? null
          : "Prometheus " + brief(theirs) + ", ours " + brief(ours);
    }
    JsonObject a = theirs.getAsJsonObject("data");
    JsonObject b = ours.getAsJsonObject("data");
    String type = a.get("resultType").getAsString();
    if (!type.equals(b.get("resultType").getAsString())) {
      return "type " + type + ", ours " + b.get("resultType");
    }
    if (type.equals("scalar") || type.equals("string")) {
      return point(a.getAsJsonArray("result"), b.getAsJsonArray("result"));
    }
    SortedMap<String, JsonArray> left = series(a.getAsJsonArray("result"));
    SortedMap<String, JsonArray> right = series(b.getAsJsonArray("result"));
    Set<String> names = left.keySet();
    if (!names.equals(right.keySet())) {
      return "series " + names + ", ours " + right.keySet();
    }
    if (ordered && !order(a).equals(order(b))) {
      return "order " + order(a) + ", ours " + order(b);
    }
    for (String name : names) {
      JsonArray x = left.get(name);
      JsonArray y = right.get(name);
      if (x.size() != y.size()) {
        return name + ": " + x.size() + " points, ours " + y.size() + ": " + x + ", ours " + y;
      }
      for (int i = 0; i < x.size(); i++) {
        String difference = point(x.get(i).getAsJsonArray(), y.get(i).getAsJsonArray());
        if (difference != null) {
          return name + ": " + difference;
        }
      }
    }
    return null;
  }

  private static String status(JsonObject answer) {
    return answer.get("status").getAsString();
  }

  private static String brief(JsonObject answer) {
    return status(answer).equals("error") ? "fails: " + answer.get("error") : "succeeds: " + answer;
  }

  private static List<JsonObject> order(JsonObject data) {
    List<JsonObject> out = new ArrayList<>();
    data.getAsJsonArray("result")
        .forEach(e -> out.add(e.getAsJsonObject().getAsJsonObject("metric")));
    return out;
  }

  private static SortedMap<String, JsonArray> series(JsonArray result) {
    SortedMap<String, JsonArray> out = new TreeMap<>();
    for (JsonElement e : result) {
      JsonObject one = e.getAsJsonObject();
      TreeMap<String, String> labels = new TreeMap<>();
      one.getAsJsonObject("metric")
          .entrySet()
          .forEach(l -> labels.put(l.getKey(), l.getValue().getAsString()));
      JsonArray points = one.getAsJsonArray("values");
      if (points == null) {
        points = new JsonArray();
        points.add(one.get("value"));
      }
      out.put(labels.toString(), points);
    }
    return out;
  }

  private static String point(JsonArray a, JsonArray b) {
    if (a.get(0).getAsDouble() != b.get(0).getAsDouble()) {
      return "time " + a.get(0) + ", ours " + b.get(0);
    }
    double x = number(a.get(1).getAsString());
    double y = number(b.get(1).getAsString());
    boolean equal =
        Double.compare(x, y) == 0
            || x == y
            || Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
    return equal ? null : "at " + a.get(0) + " " + x + ", ours " + y;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
