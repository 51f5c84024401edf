package io.rezolus.libs.recording.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes the schema that a recording carries in its footer as {@code ARROW:schema}. */
public final class ArrowSchemaReader {
  /** Shared text may be referred to any number of times; a schema that unfolds beyond this lies. */
  private static final long TEXT_MAX = 256L << 20;

  private final ByteBuffer message;
  private final Map<String, String> texts = new HashMap<>();
  private long textLength;

  private ArrowSchemaReader(ByteBuffer message) {
    this.message = message;
  }

  /**
   * @param encoded base64 of an encapsulated IPC message, with or without continuation marker
   * @throws IOException when it is damaged
   */
  public static List<ArrowField> read(String encoded) throws IOException {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Base64.getDecoder().decode(encoded.strip()))
              .order(ByteOrder.LITTLE_ENDIAN);
      int at = bytes.getInt(0) == ArrowFormat.CONTINUATION ? 4 : 0;
      int length = Math.min(bytes.getInt(at), bytes.capacity() - at - 4);
      ByteBuffer message = bytes.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
      return new ArrowSchemaReader(message).fields();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      String problem = e.getMessage() == null ? "cut off" : e.getMessage();
      throw new IOException("damaged Arrow schema: " + problem, e);
    }
  }

  private List<ArrowField> fields() throws IOException {
    FlatTable root = FlatTable.root(message);
    if (root.int8(ArrowFormat.MESSAGE_HEADER_TYPE) != ArrowFormat.HEADER_SCHEMA) {
      throw new IOException("damaged Arrow schema: message of another kind");
    }
    FlatTable schema = root.table(ArrowFormat.MESSAGE_HEADER);
    int count = schema.length(ArrowFormat.SCHEMA_FIELDS);
    List<ArrowField> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fields.add(field(schema.element(ArrowFormat.SCHEMA_FIELDS, i)));
    }
    return fields;
  }

  private ArrowField field(FlatTable field) throws IOException {
    Map<String, String> metadata = new HashMap<>();
    int count = field.length(ArrowFormat.FIELD_METADATA);
    for (int i = 0; i < count; i++) {
      FlatTable pair = field.element(ArrowFormat.FIELD_METADATA, i);
      metadata.put(text(pair, ArrowFormat.KEY), text(pair, ArrowFormat.VALUE));
    }
    boolean nullable = field.int8(ArrowFormat.FIELD_NULLABLE) != 0;
    String name = text(field, ArrowFormat.FIELD_NAME);
    ArrowField.Type type = type(field);
    return type == ArrowField.Type.UINT64_LIST
        ? new ArrowField(name, type, nullable, metadata, element(field))
        : new ArrowField(name, type, nullable, metadata);
  }

  private String element(FlatTable list) throws IOException {
    return text(list.element(ArrowFormat.FIELD_CHILDREN, 0), ArrowFormat.FIELD_NAME);
  }

  private static ArrowField.Type type(FlatTable field) throws IOException {
    switch (field.int8(ArrowFormat.FIELD_TYPE_TYPE)) {
      case ArrowFormat.TYPE_INT:
        FlatTable integer = field.table(ArrowFormat.FIELD_TYPE);
        if (integer.int32(ArrowFormat.INT_BITS) != 64) {
          return ArrowField.Type.OTHER;
        }
        boolean signed = integer.int8(ArrowFormat.INT_SIGNED) != 0;
        return signed ? ArrowField.Type.INT64 : ArrowField.Type.UINT64;
      case ArrowFormat.TYPE_LIST:
        if (field.length(ArrowFormat.FIELD_CHILDREN) != 1) {
          return ArrowField.Type.OTHER;
        }
        FlatTable child = field.element(ArrowFormat.FIELD_CHILDREN, 0);
        // a list of lists is nothing of ours, so one level is enough
        return child.int8(ArrowFormat.FIELD_TYPE_TYPE) == ArrowFormat.TYPE_INT
                && type(child) == ArrowField.Type.UINT64
            ? ArrowField.Type.UINT64_LIST
            : ArrowField.Type.OTHER;
      default:
        return ArrowField.Type.OTHER;
    }
  }

  private String text(FlatTable table, int i) throws IOException {
    String text = table.text(i);
    textLength += text.length();
    if (textLength > TEXT_MAX) {
      throw new IOException("damaged Arrow schema: more than " + TEXT_MAX + " characters");
    }
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }
}
