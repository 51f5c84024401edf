package io.rezolus.samplers.syscall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table in the compiled objects against the kernel's own headers. */
class SyscallClassTableTest {
  private static final Pattern DEFINE = Pattern.compile("#define __NR(?:3264)?_(\\w+)\\s+(\\d+)");

  @ParameterizedTest
  @CsvSource({
    "x86_64, /usr/include/x86_64-linux-gnu/asm/unistd_64.h",
    "aarch64, /usr/include/asm-generic/unistd.h"
  })
  void every_number_has_the_class_of_its_name(String arch, Path header) throws IOException {
    assumeTrue(Files.isReadable(header), header + " is missing (linux-libc-dev)");
    byte[] table = table(arch);
    byte[] expected = new byte[table.length];
    Map<String, Integer> numbers = numbers(header);
    for (Map.Entry<String, SyscallClass> call : classes().entrySet()) {
      Integer number = numbers.get(call.getKey());
      if (number != null) {
        expected[number] = (byte) call.getValue().ordinal();
      }
    }
    for (int number = 0; number < table.length; number++) {
      assertEquals(expected[number], table[number], arch + " system call " + number);
    }
  }

  @ParameterizedTest
  @CsvSource({"x86_64, 0, 1, 202", "aarch64, 63, 64, 98"})
  void read_write_and_futex_are_where_each_architecture_has_them(
      String arch, int read, int write, int futex) throws IOException {
    byte[] table = table(arch);
    assertEquals(SyscallClass.READ.ordinal(), table[read]);
    assertEquals(SyscallClass.WRITE.ordinal(), table[write]);
    assertEquals(SyscallClass.LOCK.ordinal(), table[futex]);
  }

  @ParameterizedTest
  @CsvSource({"x86_64", "aarch64"})
  void the_table_ends_at_1024_and_holds_only_known_classes(String arch) throws IOException {
    byte[] table = table(arch);
    assertEquals(1024, table.length);
    for (byte b : table) {
      assertTrue(b >= 0 && b < SyscallClass.COUNT);
    }
  }

  @Test
  void there_are_sixteen_classes() {
    assertEquals(16, SyscallClass.COUNT);
    assertEquals("other", SyscallClass.OTHER.op());
    assertEquals("filesystem", SyscallClass.FILESYSTEM.op());
  }

  private static byte[] table(String arch) throws IOException {
    String object = "/bpf/" + arch + "/syscall.bpf.o";
    try (InputStream in = SyscallClassTableTest.class.getResourceAsStream(object)) {
      return new ElfObject(in).variable("syscall_classes");
    }
  }

  private static Map<String, SyscallClass> classes() throws IOException {
    Map<String, SyscallClass> classes = new HashMap<>();
    try (InputStream in = SyscallClassTableTest.class.getResourceAsStream("classes.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] words = line.split(" ");
        for (int i = 1; i < words.length; i++) {
          classes.put(words[i], SyscallClass.valueOf(words[0].toUpperCase(Locale.ROOT)));
        }
      }
    }
    return classes;
  }

  private static Map<String, Integer> numbers(Path header) throws IOException {
    Map<String, Integer> numbers = new HashMap<>();
    for (String line : Files.readAllLines(header)) {
      Matcher define = DEFINE.matcher(line);
      if (define.lookingAt()) {
        numbers.put(define.group(1), Integer.valueOf(define.group(2)));
      }
    }
    return numbers;
  }
}
