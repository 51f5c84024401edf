package io.rezolus.libs.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemInfoTest {
  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  private static JsonObject read(Path root) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setSerializeNulls(true);
      new SystemInfo(root).write(json);
    }
    return JsonParser.parseString(text.toString()).getAsJsonObject();
  }

  @Test
  void describes_two_threads_of_one_core() throws IOException {
    file("proc/version", "Linux version 6.1");
    file("proc/sys/kernel/hostname", "host");
    file("proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon");
    file("proc/meminfo", "MemTotal:       1024 kB\nMemFree:  1 kB");
    file("sys/devices/system/cpu/online", "0-1");
    file("sys/devices/system/cpu/smt/active", "1");
    file("sys/devices/system/node/online", "0");
    file("sys/devices/system/node/node0/cpulist", "0-1");
    for (int cpu = 0; cpu < 2; cpu++) {
      String base = "sys/devices/system/cpu/cpu" + cpu + "/";
      file(base + "topology/core_id", "0");
      file(base + "topology/physical_package_id", "0");
      file(base + "cache/index0/shared_cpu_list", "0-1");
      file(base + "cache/index0/level", "1");
      file(base + "cache/index0/type", "Data");
      file(base + "cache/index0/size", "48K");
    }
    file("sys/class/net/eth0/operstate", "up");
    file("sys/class/net/eth0/speed", "-1");
    file("sys/class/net/eth1/operstate", "down");
    JsonObject info = read(root);
    assertEquals("Linux version 6.1", info.get("kernel").getAsString());
    assertEquals("Xeon", info.get("cpu_model").getAsString());
    assertEquals(2, info.get("cpus").getAsInt());
    assertEquals(1, info.get("cores").getAsInt());
    assertTrue(info.get("smt").getAsBoolean());
    assertEquals(1024 * 1024, info.get("memory_total_bytes").getAsLong());
    assertEquals(
        "[{\"cpu\":0,\"core\":0,\"die\":0,\"package\":0,\"numa_node\":0},"
            + "{\"cpu\":1,\"core\":0,\"die\":0,\"package\":0,\"numa_node\":0}]",
        info.get("cpu_topology").toString());
    assertEquals(
        "[{\"level\":\"L1d\",\"size\":\"48K\",\"instances\":1,\"shared_cpus\":[[0,1]]}]",
        info.get("caches").toString());
    assertEquals(
        "[{\"name\":\"eth0\",\"speed\":null,\"numa_node\":null,\"driver\":null}]",
        info.get("nics").toString());
  }

  @Test
  void has_every_key_even_where_nothing_can_be_read() throws IOException {
    JsonObject info = read(root);
    assertTrue(info.get("kernel").isJsonNull());
    assertTrue(info.get("cores").isJsonNull());
    assertEquals(16, info.size());
  }

  @Test
  void orders_its_keys_as_upstream_does() throws IOException {
    String data = System.getProperty("rezolus.testdata", "");
    Path captured = Path.of(data, "upstream", "systeminfo.json");
    assumeTrue(!data.isEmpty() && Files.exists(captured), "no captured output at " + captured);
    JsonObject theirs = JsonParser.parseString(Files.readString(captured)).getAsJsonObject();
    List<String> ours = new ArrayList<>(read(Path.of("/")).keySet());
    assertEquals(new ArrayList<>(theirs.keySet()), ours);
  }
}
