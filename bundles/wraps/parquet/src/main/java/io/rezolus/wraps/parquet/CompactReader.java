package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Goes through structures in Thrift's compact protocol, which footers and page headers are in.
 * Nothing is allocated but texts that are asked for. What is cut off throws {@link
 * ArrayIndexOutOfBoundsException}.
 */
final class CompactReader {
  /** Memory that a decoded structure takes, at least: an object for as little as one byte. */
  private static final long STRUCT_BYTES = 160;

  private static final int DEPTH_MAX = 16;

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int INT_16 = 4;
  private static final int INT_64 = 6;
  private static final int DOUBLE = 7;
  private static final int TEXT = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int STRUCT = 12;

  private final byte[] bytes;
  private final long structsMax = Runtime.getRuntime().maxMemory() / 3 / STRUCT_BYTES;
  private final int[] fields = new int[DEPTH_MAX + 1];
  private int depth = -1;
  private int at;
  private long structs;
  private int type;

  CompactReader(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  int position() {
    return at;
  }

  /** Enters a structure: the value of the current field, an element of a list, or the root. */
  void enter() throws IOException {
    if (depth == DEPTH_MAX) {
      throw damaged("nested too deeply");
    }
    if (++structs > structsMax) {
      throw new IOException("a parquet footer of " + structs + " parts; too many to hold");
    }
    fields[++depth] = 0;
  }

  /** The number of the next field of the structure; 0 at its end, which leaves it. */
  int next() throws IOException {
    int header = bytes[at++];
    if (header == 0) {
      depth--;
      return 0;
    }
    int distance = header >> 4 & 0x0F;
    fields[depth] = distance == 0 ? (int) number() : fields[depth] + distance;
    type = header & 0x0F;
    return fields[depth];
  }

  /** Value of a field that is an integer. */
  long integer() throws IOException {
    if (type == BYTE) {
      return bytes[at++];
    }
    if (type < INT_16 || type > INT_64) {
      throw damaged("a value of type " + type);
    }
    return number();
  }

  /** Value of a field that is true or false. */
  boolean isTrue() throws IOException {
    if (type != TRUE && type != FALSE) {
      throw damaged("a value of type " + type);
    }
    return type == TRUE;
  }

  /** Value of a field that is text. */
  String text() throws IOException {
    require(TEXT);
    int length = available(varint());
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** Begins a list of structures and returns how many there are; each is to be entered. */
  int structs() throws IOException {
    require(LIST);
    int header = bytes[at++];
    int count = count(header);
    if (count > 0 && (header & 0x0F) != STRUCT) {
      throw damaged("a list of type " + (header & 0x0F));
    }
    return count;
  }

  /** Enters the value of a field that is a structure. */
  void struct() throws IOException {
    require(STRUCT);
    enter();
  }

  /** Passes over the value of a field. */
  void skip() throws IOException {
    if (type > FALSE) { // the value of a boolean is its type
      skip(type, 0);
    }
  }

  /** Passes over the rest of a structure that was entered. */
  void leave() throws IOException {
    while (next() != 0) {
      skip();
    }
  }

  private void skip(int what, int nested) throws IOException {
    switch (what) {
      case TRUE, FALSE, BYTE -> pass(1);
      case INT_16, INT_16 + 1, INT_64 -> varint();
      case DOUBLE -> pass(8);
      case TEXT -> pass(varint());
      case LIST, SET -> {
        if (depth + nested >= DEPTH_MAX) {
          throw damaged("nested too deeply");
        }
        int header = bytes[at++];
        int count = count(header);
        for (int i = 0; i < count; i++) {
          skip(header & 0x0F, nested + 1);
        }
      }
      case STRUCT -> {
        if (depth + nested >= DEPTH_MAX) {
          throw damaged("nested too deeply");
        }
        enter();
        leave();
      }
      // 11 is a map, which no structure of parquet has
      default -> throw damaged("a value of type " + what);
    }
  }

  private int count(int header) throws IOException {
    long count = header >> 4 & 0x0F;
    count = count == 15 ? varint() : count;
    if (count < 0 || count > bytes.length - at) {
      throw damaged("a list of " + count + " elements");
    }
    return (int) count;
  }

  private void pass(long length) throws IOException {
    at += available(length);
  }

  private int available(long length) throws IOException {
    if (length < 0 || length > bytes.length - at) {
      throw damaged(length + " bytes where " + (bytes.length - at) + " are");
    }
    return (int) length;
  }

  private void require(int wanted) throws IOException {
    if (type != wanted) {
      throw damaged("a value of type " + type);
    }
  }

  private long number() throws IOException {
    long number = varint();
    return number >>> 1 ^ -(number & 1);
  }

  private long varint() throws IOException {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte part = bytes[at++];
      number |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return number;
      }
    }
    throw damaged("a number of more than 10 bytes");
  }

  private static IOException damaged(String how) {
    return new IOException("damaged parquet metadata: " + how);
  }
}
