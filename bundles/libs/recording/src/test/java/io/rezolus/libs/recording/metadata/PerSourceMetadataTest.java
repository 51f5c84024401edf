package io.rezolus.libs.recording.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PerSourceMetadataTest {
  private static final String KPIS =
      "{\"service_name\":\"%s\",\"service_metadata\":{},\"slo\":null,\"kpis\":[]}";

  @Test
  void reads_facts_directly_under_the_source() {
    PerSourceMetadata metadata = PerSourceMetadata.parse("{\"vllm\":{\"version\":\"0.15.1\"}}");
    SourceMetadata vllm = metadata.sources().get("vllm");
    assertTrue(vllm.entries().isEmpty());
    assertEquals("0.15.1", vllm.fact(null, "version").getAsString());
    assertEquals("0.15.1", vllm.fact("0", "version").getAsString());
    assertNull(vllm.fact(null, "role"));
  }

  @Test
  void reads_what_a_recorder_writes_for_one_source() {
    PerSourceMetadata metadata =
        PerSourceMetadata.parse(
            "{\"rezolus\":{\"first_sample_ns\":1795449001002132744,\"last_sample_ns\":2,"
                + "\"sampler_status\":[{\"sampler\":\"a\"}]}}");
    SourceMetadata rezolus = metadata.sources().get("rezolus");
    assertTrue(rezolus.entries().isEmpty());
    assertEquals(1795449001002132744L, rezolus.fact(null, "first_sample_ns").getAsLong());
    assertTrue(rezolus.fact(null, "sampler_status").isJsonArray());
  }

  @Test
  void reads_nodes_beside_facts_and_descriptions() {
    PerSourceMetadata metadata =
        PerSourceMetadata.parse(
            "{\"rezolus\":{\"web1\":{\"version\":\"5\"},\"web2\":{},\"role\":\"service\","
                + "\"descriptions\":{\"x\":\"y\"},\"systeminfo\":{}}}");
    SourceMetadata rezolus = metadata.sources().get("rezolus");
    assertEquals(Set.of("web1", "web2"), rezolus.entries().keySet());
    assertEquals("5", rezolus.fact("web1", "version").getAsString());
    assertEquals("service", rezolus.fact("web1", "role").getAsString());
    assertNull(rezolus.fact("web2", "version"));
  }

  @Test
  void finds_indicators_at_either_depth() {
    PerSourceMetadata metadata =
        PerSourceMetadata.parse(
            "{\"a\":{\"service_queries\":"
                + KPIS.formatted("shallow")
                + "},\"b\":{\"0\":{\"service_queries\":"
                + KPIS.formatted("deep")
                + "}}}");
    assertEquals(
        List.of("shallow", "deep"),
        metadata.serviceExtensions().stream().map(ServiceExtension::serviceName).toList());
  }

  @Test
  void keeps_everything_when_written_again_also_under_another_name() {
    String json = "{\"a\":{\"n\":18446744073709551615,\"0\":{\"x\":null}},\"b\":{}}";
    PerSourceMetadata metadata = PerSourceMetadata.parse(json);
    assertEquals(json, metadata.toJson());
    assertEquals(
        "{\"b\":{},\"c\":{\"n\":18446744073709551615,\"0\":{\"x\":null}}}",
        metadata.renamed("a", "c").toJson());
    assertSame(metadata, metadata.renamed("none", "c"));
  }

  @Test
  void is_empty_when_absent_and_refuses_what_is_no_object() {
    assertTrue(PerSourceMetadata.parse(null).sources().isEmpty());
    assertThrows(JsonParseException.class, () -> PerSourceMetadata.parse("[]"));
    assertThrows(JsonParseException.class, () -> PerSourceMetadata.parse("{\"a\":1}"));
    assertThrows(JsonParseException.class, () -> PerSourceMetadata.parse("{\"a\":"));
  }
}
