package io.rezolus.libs.recording.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceExtensionTest {
  private static final String FULL =
      "{\"service_name\":\"cache\",\"aliases\":[\"kv\"],\"service_metadata\":{\"port\":\"1\"},"
          + "\"slo\":{\"p99\":5},\"kpis\":["
          + "{\"role\":\"latency\",\"title\":\"Get\",\"description\":null,\"query\":\"get\","
          + "\"type\":\"histogram\",\"subtype\":\"percentiles\",\"unit_system\":\"time\","
          + "\"percentiles\":[0.5,0.95],\"available\":true,\"subgroup\":\"s\","
          + "\"subgroup_description\":\"t\",\"full_width\":true},"
          + "{\"role\":\"load\",\"title\":\"Rate\",\"description\":\"d\",\"query\":\"rate(a[5s])\","
          + "\"type\":\"delta_counter\",\"available\":false,\"denominator\":true}]}";

  @TempDir Path dir;

  @Test
  void is_the_same_when_written_again() {
    assertEquals(FULL, ServiceExtension.parse(FULL).toJson());
  }

  @Test
  void wraps_the_query_of_a_histogram() {
    List<Kpi> kpis = ServiceExtension.parse(FULL).kpis();
    assertEquals("histogram_quantiles([0.5, 0.95], get)", kpis.get(0).effectiveQuery());
    assertEquals("rate(a[5s])", kpis.get(1).effectiveQuery());
    assertEquals(
        "histogram_quantiles([0.5, 0.9, 0.99, 0.999, 0.9999], h)",
        kpi("\"type\":\"histogram\",\"query\":\"h\"").effectiveQuery());
    assertEquals(
        "histogram_heatmap(h)",
        kpi("\"type\":\"histogram\",\"subtype\":\"buckets\",\"query\":\"h\"").effectiveQuery());
  }

  @Test
  void fits_sources_by_name_and_alias() {
    ServiceExtension service = ServiceExtension.parse(FULL);
    assertTrue(service.fits("cache"));
    assertTrue(service.fits("kv"));
    assertFalse(service.fits("other"));
  }

  @Test
  void names_what_is_missing_or_wrong() {
    assertMessage("service: \"kpis\" is missing", "{\"service_name\":\"a\"}");
    assertMessage("service: \"service_name\" is missing", "{\"kpis\":[]}");
    assertMessage(
        "kpis[0]: \"query\" is missing",
        "{\"service_name\":\"a\",\"kpis\":[{\"role\":\"r\",\"title\":\"t\"}]}");
    assertMessage(
        "kpis[0]: \"percentiles\" must be between 0 and 1",
        "{\"service_name\":\"a\",\"kpis\":[{\"role\":\"r\",\"percentiles\":[99]}]}");
    assertMessage(
        "a category, which compares services; expected the indicators of one service",
        "{\"service_name\":\"a\",\"category\":true,\"members\":[\"b\",\"c\"],\"kpis\":[]}");
  }

  @Test
  void templates_are_found_by_name_and_alias() throws IOException {
    Files.writeString(dir.resolve("cache.json"), FULL);
    Files.writeString(dir.resolve("notes.txt"), "not a template");
    ServiceTemplates templates = ServiceTemplates.load(dir);
    assertEquals("cache", templates.forSource("kv").serviceName());
    assertNull(templates.forSource("rezolus"));
  }

  @Test
  void two_templates_of_one_name_are_refused() throws IOException {
    Files.writeString(dir.resolve("a.json"), FULL);
    Files.writeString(
        dir.resolve("b.json"), "{\"service_name\":\"kv\",\"kpis\":[],\"service_metadata\":{}}");
    IOException error = assertThrows(IOException.class, () -> ServiceTemplates.load(dir));
    assertTrue(error.getMessage().contains("b.json: the name kv is already that of"));
  }

  @Test
  void a_category_of_unknown_services_is_left_out_with_a_warning() throws IOException {
    Files.writeString(dir.resolve("cache.json"), FULL);
    Files.writeString(
        dir.resolve("stores.json"),
        "{\"service_name\":\"stores\",\"category\":true,\"members\":[\"cache\",\"db\"],"
            + "\"kpis\":[]}");
    ServiceTemplates templates = ServiceTemplates.load(dir);
    assertTrue(templates.categories().isEmpty());
    assertEquals(
        List.of("category stores is left out: it names the unknown service db"),
        templates.warnings());
  }

  @Test
  void a_category_knows_what_its_members_call_an_indicator() {
    CategoryTemplate category =
        CategoryTemplate.parse(
            StrictJson.parse(
                "{\"service_name\":\"s\",\"category\":true,\"members\":[\"a\",\"b\"],\"kpis\":["
                    + "{\"role\":\"r\",\"title\":\"t\",\"type\":\"gauge\","
                    + "\"member_titles\":{\"b\":\"u\"}}]}"));
    assertEquals("u", category.kpis().get(0).memberTitles().get("b"));
    assertThrows(
        JsonParseException.class,
        () ->
            CategoryTemplate.parse(
                StrictJson.parse("{\"service_name\":\"s\",\"members\":[\"a\",\"a\"]}")));
  }

  @Test
  void only_json_of_the_standard_is_json() {
    for (String text : List.of("", "{'a':1}", "{a:1}", "[1,]", "// x\n1", "1 2", "[1")) {
      assertThrows(JsonParseException.class, () -> StrictJson.parse(text), text);
    }
    assertEquals("18446744073709551615", StrictJson.parse("18446744073709551615").toString());
  }

  private static Kpi kpi(String members) {
    return ServiceExtension.parse(
            "{\"service_name\":\"a\",\"kpis\":[{\"role\":\"r\",\"title\":\"t\"," + members + "}]}")
        .kpis()
        .get(0);
  }

  private static void assertMessage(String message, String json) {
    JsonParseException error =
        assertThrows(JsonParseException.class, () -> ServiceExtension.parse(json));
    assertEquals(message, error.getMessage());
  }
}
