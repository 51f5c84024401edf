package io.rezolus.samplers.syscall;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A compiled BPF object as a file: 64-bit little-endian relocatable ELF. */
final class ElfObject {
  private static final int SECTION_HEADER = 64;
  private static final int SYMBOL = 24;
  private static final int SHT_SYMTAB = 2;

  private final ByteBuffer file;
  private final int sections;

  ElfObject(InputStream in) throws IOException {
    file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    sections = (int) file.getLong(0x28);
  }

  /** The initial content of a variable. */
  byte[] variable(String name) {
    int count = file.getShort(0x3c);
    for (int section = 0; section < count; section++) {
      int header = header(section);
      if (file.getInt(header + 4) != SHT_SYMTAB) {
        continue;
      }
      int symbols = offset(section);
      int size = (int) file.getLong(header + 32);
      int strings = offset(file.getInt(header + 40));
      for (int symbol = symbols; symbol < symbols + size; symbol += SYMBOL) {
        if (text(strings + file.getInt(symbol)).equals(name)) {
          byte[] content = new byte[(int) file.getLong(symbol + 16)];
          file.get(offset(file.getShort(symbol + 6)) + (int) file.getLong(symbol + 8), content);
          return content;
        }
      }
    }
    throw new AssertionError(name + ": no such symbol");
  }

  private int header(int section) {
    return sections + section * SECTION_HEADER;
  }

  private int offset(int section) {
    return (int) file.getLong(header(section) + 24);
  }

  private String text(int at) {
    StringBuilder text = new StringBuilder();
    for (int i = at; file.get(i) != 0; i++) {
      text.append((char) file.get(i));
    }
    return text.toString();
  }
}
