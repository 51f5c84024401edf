package io.rezolus.libs.machine;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hardware summary that {@code /systeminfo} serves and recordings carry. Every key is always
 * there, null where this host does not tell.
 */
public final class SystemInfo {
  private static final String CPUS = "sys/devices/system/cpu/";
  private static final String NODES = "sys/devices/system/node/";
  private static final String NICS = "sys/class/net/";

  private final KernelFiles files;
  private final List<Integer> cpus;
  private final Map<Integer, Integer> nodeOfCpu = new HashMap<>();

  /**
   * @param root the directory that holds {@code proc} and {@code sys}
   */
  public SystemInfo(Path root) {
    files = new KernelFiles(root);
    cpus = files.list(CPUS + "online");
    for (int node : files.list(NODES + "online")) {
      for (int cpu : files.list(NODES + "node" + node + "/cpulist")) {
        nodeOfCpu.put(cpu, node);
      }
    }
  }

  /** This host as a JSON object. */
  public static String json() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setSerializeNulls(true);
      new SystemInfo(Path.of("/")).write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  /** Writes the object. */
  public void write(JsonWriter json) throws IOException {
    Set<List<Long>> cores = new HashSet<>();
    Set<Long> packages = new HashSet<>();
    for (int cpu : cpus) {
      Long core = topology(cpu, "core_id");
      Long pack = topology(cpu, "physical_package_id");
      if (core != null && pack != null) {
        cores.add(List.of(pack, core));
        packages.add(pack);
      }
    }
    Long smt = files.number(CPUS + "smt/active");
    int nodes = files.list(NODES + "online").size();
    json.beginObject();
    json.name("os").value("linux");
    json.name("kernel").value(files.text("proc/version"));
    json.name("arch").value(arch());
    json.name("hostname").value(files.text("proc/sys/kernel/hostname"));
    json.name("cpu_model").value(files.field("proc/cpuinfo", "model name"));
    json.name("cpu_vendor").value(files.field("proc/cpuinfo", "vendor_id"));
    json.name("cpus").value(cpus.size());
    json.name("cores").value(cores.isEmpty() ? null : cores.size());
    json.name("packages").value(packages.isEmpty() ? null : packages.size());
    json.name("smt").value(smt == null ? null : Boolean.valueOf(smt == 1));
    json.name("memory_total_bytes").value(memory());
    json.name("numa_nodes").value(nodes == 0 ? null : nodes);
    cpuTopology(json);
    caches(json);
    nics(json);
    gpus(json);
    json.endObject();
  }

  private void cpuTopology(JsonWriter json) throws IOException {
    json.name("cpu_topology").beginArray();
    for (int cpu : cpus) {
      Long core = topology(cpu, "core_id");
      Long pack = topology(cpu, "physical_package_id");
      if (core == null || pack == null) {
        continue;
      }
      Long die = topology(cpu, "die_id");
      json.beginObject().name("cpu").value(cpu).name("core").value(core);
      json.name("die").value(die == null ? pack : die).name("package").value(pack);
      json.name("numa_node").value(nodeOfCpu.get(cpu)).endObject();
    }
    json.endArray();
  }

  private void caches(JsonWriter json) throws IOException {
    json.name("caches").beginArray();
    for (int index = 0; index < 4; index++) {
      Map<Integer, List<Integer>> sharedBy = new LinkedHashMap<>();
      String first = null;
      for (int cpu : cpus) {
        String cache = CPUS + "cpu" + cpu + "/cache/index" + index + "/";
        List<Integer> shared = files.list(cache + "shared_cpu_list");
        if (!shared.isEmpty()) {
          first = first == null ? cache : first;
          sharedBy.putIfAbsent(shared.get(0), shared);
        }
      }
      if (first == null) {
        continue;
      }
      json.beginObject().name("level").value(cacheLevel(first));
      json.name("size").value(files.text(first + "size"));
      json.name("instances").value(sharedBy.size()).name("shared_cpus").beginArray();
      for (List<Integer> shared : sharedBy.values()) {
        json.beginArray();
        for (int cpu : shared) {
          json.value(cpu);
        }
        json.endArray();
      }
      json.endArray().endObject();
    }
    json.endArray();
  }

  private String cacheLevel(String cache) {
    String type = files.text(cache + "type");
    String suffix = "Data".equals(type) ? "d" : "Instruction".equals(type) ? "i" : "";
    return "L" + files.text(cache + "level") + suffix;
  }

  private void nics(JsonWriter json) throws IOException {
    json.name("nics").beginArray();
    for (String nic : files.names(NICS)) {
      if (nic.equals("lo") || !"up".equals(files.text(NICS + nic + "/operstate"))) {
        continue;
      }
      json.beginObject().name("name").value(nic);
      json.name("speed").value(files.number(NICS + nic + "/speed"));
      json.name("numa_node").value(files.number(NICS + nic + "/device/numa_node"));
      json.name("driver").value(files.target(NICS + nic + "/device/driver/module"));
      json.endObject();
    }
    json.endArray();
  }

  /** Only what the NVIDIA driver shows in {@code /proc}; no vendor library is loaded here. */
  private void gpus(JsonWriter json) throws IOException {
    json.name("gpus").beginArray();
    String gpus = "proc/driver/nvidia/gpus/";
    List<String> addresses = new ArrayList<>(files.names(gpus));
    for (int i = 0; i < addresses.size(); i++) {
      String address = addresses.get(i);
      json.beginObject().name("index").value(i);
      json.name("name").value(files.field(gpus + address + "/information", "Model"));
      json.name("vendor").value("nvidia").name("memory_bytes").nullValue();
      json.name("driver").value(files.text("sys/module/nvidia/version"));
      json.name("numa_node").value(files.number("sys/bus/pci/devices/" + address + "/numa_node"));
      json.endObject();
    }
    json.endArray();
  }

  private Long topology(int cpu, String file) {
    return files.number(CPUS + "cpu" + cpu + "/topology/" + file);
  }

  private Long memory() {
    String total = files.field("proc/meminfo", "MemTotal");
    return total == null ? null : Long.parseLong(total.split(" ")[0]) * 1024;
  }

  private static String arch() {
    String arch = System.getProperty("os.arch");
    return arch.equals("amd64") ? "x86_64" : arch;
  }
}
