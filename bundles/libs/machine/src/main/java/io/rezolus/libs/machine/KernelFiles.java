package io.rezolus.libs.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Small files of {@code /proc} and {@code /sys}; what cannot be read or parsed is null or empty.
 */
record KernelFiles(Path root) {

  /** The file's text without surrounding white space. */
  String text(String path) {
    try {
      return new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return null; // absent here, or a device that does not answer
    }
  }

  /** A number that is not negative; the kernel says -1 where it does not know. */
  Long number(String path) {
    String text = text(path);
    try {
      long value = text == null ? -1 : Long.parseLong(text);
      return value < 0 ? null : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A list such as {@code 0-3,8}. */
  List<Integer> list(String path) {
    String text = text(path);
    List<Integer> numbers = new ArrayList<>();
    if (text == null || text.isEmpty()) {
      return numbers;
    }
    try {
      for (String range : text.split(",")) {
        String[] ends = range.strip().split("-", 2);
        int last = Integer.parseInt(ends[ends.length - 1]);
        for (int i = Integer.parseInt(ends[0]); i <= last; i++) {
          numbers.add(i);
        }
      }
    } catch (NumberFormatException e) {
      numbers.clear();
    }
    return numbers;
  }

  /** The first value of {@code key} in a file of {@code key : value} lines. */
  String field(String path, String key) {
    String text = text(path);
    if (text == null) {
      return null;
    }
    return text.lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
        .map(parts -> parts[1].strip())
        .findFirst()
        .orElse(null);
  }

  /** Names in a directory, sorted. */
  List<String> names(String path) {
    try (Stream<Path> entries = Files.list(root.resolve(path))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Name of what a link points to. */
  String target(String path) {
    try {
      return Files.readSymbolicLink(root.resolve(path)).getFileName().toString();
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
