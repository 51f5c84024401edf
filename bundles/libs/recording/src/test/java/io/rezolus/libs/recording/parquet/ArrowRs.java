package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the reader of upstream Rezolus, the Rust implementation of Arrow and Parquet, finds in
 * parquet files. It runs as WebAssembly in Node.js; where that is missing, or its packages can
 * neither be found nor fetched, a test that asks is skipped.
 */
public final class ArrowRs {
  private static final Path SOURCES = Path.of("src/test/node").toAbsolutePath();
  private static final List<String> PINNED = List.of("package.json", "package-lock.json");
  private static final Gson GSON = new Gson();
  private static String refusal;

  private ArrowRs() {}

  /** Expects that it finds the same in the files as was written to them. */
  public static void expect(List<Contents> written, List<Path> files)
      throws IOException, InterruptedException {
    List<Contents> found = read(files);
    assertEquals(written.size(), found.size());
    for (int i = 0; i < written.size(); i++) {
      String name = files.get(i).toString();
      assertEquals(written.get(i).metadata(), found.get(i).metadata(), name);
      assertEquals(written.get(i).columns().size(), found.get(i).columns().size(), name);
      for (int k = 0; k < written.get(i).columns().size(); k++) {
        assertEquals(written.get(i).columns().get(k), found.get(i).columns().get(k), name);
      }
    }
  }

  /** The contents of files, read by one process. */
  private static List<Contents> read(List<Path> files) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", SOURCES.resolve("read.js").toString()));
    command.add(installed().toString());
    files.forEach(file -> command.add(file.toString()));
    Path said = Files.createTempFile("arrow-rs", ".said");
    Path found = Files.createTempFile("arrow-rs", ".found");
    try {
      int status = run(SOURCES, found, said, 300, command);
      assertEquals(0, status, () -> "arrow-rs: " + text(said));
      return parse(found);
    } finally {
      Files.delete(found);
      Files.delete(said);
    }
  }

  private static List<Contents> parse(Path found) throws IOException {
    List<Contents> contents = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(found)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        FileLine file = GSON.fromJson(line, FileLine.class);
        List<Contents.Column> columns = new ArrayList<>();
        for (int i = 0; i < file.columns(); i++) {
          columns.add(GSON.fromJson(lines.readLine(), ColumnLine.class).column());
        }
        contents.add(new Contents(columns, file.metadata()));
      }
    } catch (JsonParseException e) {
      throw new IOException("arrow-rs: " + e.getMessage(), e);
    }
    return contents;
  }

  /** The folder with the packages, of the versions that are pinned. */
  private static synchronized Path installed() throws IOException, InterruptedException {
    assumeTrue(refusal == null, refusal);
    StringBuilder pinned = new StringBuilder();
    for (String name : PINNED) {
      pinned.append(Files.readString(SOURCES.resolve(name)));
    }
    String version = Integer.toHexString(pinned.toString().hashCode());
    Path target = Path.of("target/arrow-rs-" + version).toAbsolutePath();
    if (!Files.exists(target)) {
      refusal = install(target);
      assumeTrue(refusal == null, refusal);
    }
    return target;
  }

  /**
   * Installs beside the target and renames, so that what is there is whole.
   *
   * @return why not, or null
   */
  private static String install(Path target) throws IOException, InterruptedException {
    Path stage = Files.createDirectories(target.resolveSibling("arrow-rs.part"));
    for (String name : PINNED) {
      Files.copy(SOURCES.resolve(name), stage.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Path said = stage.resolve("npm.said");
    List<String> command =
        List.of(
            "npm",
            "ci",
            "--prefer-offline",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--fetch-retries=0",
            "--fetch-timeout=10000");
    try {
      int status = run(stage, said, said, 60, command);
      if (status != 0) {
        return "npm cannot install the packages of " + SOURCES + ": " + text(said);
      }
      run(stage, said, said, 60, List.of("node", "--version"));
    } catch (IOException e) {
      return "Node.js with npm is needed to run arrow-rs: " + e.getMessage();
    }
    Files.move(stage, target, StandardCopyOption.ATOMIC_MOVE);
    return null;
  }

  /** Runs a command to its end, at most that long. */
  private static int run(Path folder, Path out, Path err, int seconds, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile()).redirectOutput(out.toFile());
    Process process =
        (out.equals(err) ? builder.redirectErrorStream(true) : builder.redirectError(err.toFile()))
            .start();
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String text(Path said) {
    try {
      String text = Files.readString(said).strip();
      return text.isEmpty() ? "no answer in time" : text;
    } catch (IOException e) {
      return e.toString();
    }
  }

  private record FileLine(int columns, Map<String, String> metadata) {}

  private record ColumnLine(
      String name,
      String type,
      boolean nullable,
      String element,
      Map<String, String> metadata,
      List<String> rows) {
    Contents.Column column() throws IOException {
      if (Arrays.stream(ArrowField.Type.values()).noneMatch(known -> known.name().equals(type))) {
        throw new IOException("arrow-rs: " + name + " is of type " + type);
      }
      ArrowField.Type kind = ArrowField.Type.valueOf(type);
      ArrowField field =
          element == null
              ? new ArrowField(name, kind, nullable, metadata)
              : new ArrowField(name, kind, nullable, metadata, element);
      return new Contents.Column(field, rows);
    }
  }
}
