package io.rezolus.outputs.recorder;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The essential part of the system information of this machine. */
final class LocalSystem {
  private static final Pattern MEM_TOTAL = Pattern.compile("MemTotal:\\s+(\\d+) kB");

  private LocalSystem() {}

  static String json() {
    JsonObject system = new JsonObject();
    system.addProperty("os", "linux");
    system.addProperty("kernel", read("/proc/version"));
    String arch = System.getProperty("os.arch");
    system.addProperty("arch", arch.equals("amd64") ? "x86_64" : arch);
    system.addProperty("hostname", read("/proc/sys/kernel/hostname"));
    system.addProperty("cpus", Runtime.getRuntime().availableProcessors());
    String memory = read("/proc/meminfo");
    Matcher total = MEM_TOTAL.matcher(memory == null ? "" : memory);
    if (total.find()) {
      system.addProperty("memory_total_bytes", Long.parseLong(total.group(1)) * 1024);
    }
    return system.toString();
  }

  private static String read(String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException e) {
      // the key then is absent, as where a machine has no such thing
      return null;
    }
  }
}
