package io.rezolus.libs.wire;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.MetricKind;
import io.rezolus.core.api.metric.Schema;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SchemaCacheTest {
  private final SchemaCache cache = new SchemaCache();

  @Test
  void keeps_the_last_two_schemas_of_a_group_that_changes_all_the_time() {
    SchemaEncoding other = schema("constant");
    cache.put("cpu/usage", other);
    for (int i = 0; i < 1000; i++) {
      cache.put("task/usage", schema("task " + i));
    }
    assertNotNull(find("task/usage", schema("task 999")));
    assertNotNull(find("task/usage", schema("task 998")));
    assertNull(find("task/usage", schema("task 997")));
    assertNotNull(find("cpu/usage", other));
  }

  private SchemaEncoding find(String group, SchemaEncoding schema) {
    return cache.find(group, schema.hashHigh(), schema.hashLow());
  }

  private static SchemaEncoding schema(String member) {
    Schema.Builder builder = new Schema.Builder();
    builder.add(MetricKind.COUNTER, new Member(member, new TreeMap<>()));
    return SchemaEncoding.of(builder.build());
  }
}
