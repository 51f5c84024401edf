package io.rezolus.analysis.queryhttp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.libs.query.Labels;
import io.rezolus.libs.query.Samples;
import io.rezolus.libs.query.capture.Capture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests that Grafana's Prometheus data source sends on its own. */
class GrafanaTest {
  private final MemorySource source = new MemorySource(10);
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    for (String id : new String[] {"0", "1"}) {
      source.put(
          Labels.of("__name__", "traffic", "id", id, "host.name", "web"),
          Samples.gauges(source.times(), new double[10]));
    }
    source.put(Labels.of("__name__", "errors"), Samples.gauges(source.times(), new double[10]));
    QueryLimits limits = new QueryLimits(1_000_000, 11_000, 100, 1 << 20, 60_000_000_000L, 2);
    server = new ApiServer(limits, new Capture("baseline", source, "a.parquet", null, false));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void the_health_check_succeeds() throws Exception {
    String form = ApiServer.form("query", "1+1", "time", "4");
    assertEquals(
        "200 {\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[4,\"2\"]}}",
        server.post("/api/v1/query", "application/x-www-form-urlencoded", form));
    assertTrue(server.get("/api/v1/status/buildinfo").contains("\"version\":\"3."));
    assertEquals("200 ready\n", server.get("/-/healthy"));
    assertEquals("200 ready\n", server.get("/-/ready"));
  }

  @Test
  void the_metric_browser_finds_names_and_labels() throws Exception {
    String[] window = {"start", "1000", "end", "1010", "limit", "40000"};
    assertEquals(
        success("[\"errors\",\"traffic\"]"), server.get("/api/v1/label/__name__/values", window));
    assertEquals(
        success("[\"__name__\",\"host.name\",\"id\"]"),
        server.get("/api/v1/labels", "match[]", "{__name__=\"traffic\"}", "start", "1000"));
    assertEquals(
        success("[\"0\",\"1\"]"),
        server.get("/api/v1/label/id/values", "match[]", "traffic", "match[]", "errors"));
    assertEquals(
        success("{\"traffic\":[{\"type\":\"counter\",\"help\":\"Traffic.\",\"unit\":\"bytes\"}]}"),
        server.get("/api/v1/metadata", "limit", "10", "metric", "traffic"));
  }

  @Test
  void a_label_of_unusual_characters_is_found_by_its_escaped_name() throws Exception {
    assertEquals(success("[\"web\"]"), server.get("/api/v1/label/U__host_2e_name/values"));
    assertEquals(success("[\"web\"]"), server.get("/api/v1/label/host.name/values"));
    assertEquals("a_b", EscapedName.plain("U__a__b"));
    assertEquals("\ud83d\ude00", EscapedName.plain("U___1f600_"));
    for (String wrong : new String[] {"U__a_", "U__a_zz_", "U__a_1234567_", "U__a_ffffff_"}) {
      assertEquals(wrong, EscapedName.plain(wrong));
    }
  }

  @Test
  void there_are_no_rules_alerts_targets_and_exemplars() throws Exception {
    assertEquals(success("{\"groups\":[]}"), server.get("/api/v1/rules", "type", "alert"));
    assertEquals(success("{\"alerts\":[]}"), server.get("/api/v1/alerts"));
    assertTrue(server.get("/api/v1/targets").contains("\"activeTargets\":[]"));
    assertEquals(success("[]"), server.get("/api/v1/targets/metadata"));
    assertEquals(success("{\"scrapePools\":[]}"), server.get("/api/v1/scrape_pools"));
    assertTrue(server.get("/api/v1/alertmanagers").contains("\"activeAlertmanagers\":[]"));
    String form = ApiServer.form("query", "rate(traffic[1m])", "start", "1000", "end", "1009");
    assertEquals(
        success("[]"),
        server.post("/api/v1/query_exemplars", "application/x-www-form-urlencoded", form));
    assertTrue(server.get("/api/v1/query_exemplars", "query", "rate(").startsWith("400 "));
  }

  @Test
  void a_query_is_formatted() throws Exception {
    assertEquals(
        success("\"sum by (id) (rate(traffic[1m]))\""),
        server.get("/api/v1/format_query", "query", "sum(rate(traffic[1m])) by (id)"));
  }

  private static String success(String data) {
    return "200 {\"status\":\"success\",\"data\":" + data + "}";
  }
}
