package io.rezolus.libs.recording.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encodes the schema that a recording carries in its footer as {@code ARROW:schema}. */
public final class ArrowSchemaWriter {
  private final FlatWriter out = new FlatWriter();
  // where what many fields have in common is referred to
  private final Map<ArrowField.Type, List<Integer>> types = new EnumMap<>(ArrowField.Type.class);
  private final List<Integer> noChildren = new ArrayList<>();
  private final Map<Map.Entry<String, String>, List<Integer>> shared = new LinkedHashMap<>();

  private ArrowSchemaWriter() {}

  /** Base64 of an encapsulated IPC message. */
  public static String write(List<ArrowField> fields) {
    byte[] message = new ArrowSchemaWriter().message(fields);
    ByteBuffer framed = ByteBuffer.allocate(8 + message.length).order(ByteOrder.LITTLE_ENDIAN);
    framed.putInt(ArrowFormat.CONTINUATION).putInt(message.length).put(message);
    return Base64.getEncoder().encodeToString(framed.array());
  }

  private byte[] message(List<ArrowField> fields) {
    // version, header_type, header; bodyLength stays absent, which reads as 0
    int message = out.table(12, 4, 6, 8);
    out.refer(0, message);
    out.int16(message + 4, ArrowFormat.VERSION);
    out.int8(message + 6, ArrowFormat.HEADER_SCHEMA);
    // endianness stays absent, which reads as little
    int schema = out.table(8, 0, 4);
    out.refer(message + 8, schema);
    int vector = out.vector(fields.size());
    out.refer(schema + 4, vector);
    for (int i = 0; i < fields.size(); i++) {
      out.refer(vector + 4 + 4 * i, field(fields.get(i)));
    }
    shared();
    return out.bytes();
  }

  private int field(ArrowField field) {
    boolean list = field.type() == ArrowField.Type.UINT64_LIST;
    // name, nullable, type_type, type, dictionary (absent), children, custom_metadata
    int table = out.table(24, 4, 20, 21, 8, 0, 12, 16);
    out.refer(table + 4, out.text(field.name()));
    out.int8(table + 20, field.nullable() ? 1 : 0);
    out.int8(table + 21, list ? ArrowFormat.TYPE_LIST : ArrowFormat.TYPE_INT);
    if (list) {
      out.refer(table + 8, out.table(4));
      int children = out.vector(1);
      out.refer(table + 12, children);
      out.refer(
          children + 4,
          field(new ArrowField(field.element(), ArrowField.Type.UINT64, true, Map.of())));
    } else {
      later(types, field.type(), table + 8);
      noChildren.add(table + 12);
    }
    int pairs = out.vector(field.metadata().size());
    out.refer(table + 16, pairs);
    int i = 0;
    for (Map.Entry<String, String> entry : field.metadata().entrySet()) {
      later(shared, Map.entry(entry.getKey(), entry.getValue()), pairs + 4 + 4 * i++);
    }
    return table;
  }

  private static <T> void later(Map<T, List<Integer>> references, T target, int at) {
    references.computeIfAbsent(target, key -> new ArrayList<>()).add(at);
  }

  /**
   * Writes what many fields have in common once, behind all of them since references point forward:
   * most of a schema is labels that repeat.
   */
  private void shared() {
    types.forEach(
        (type, references) -> {
          int integer = out.table(12, 4, 8);
          out.int32(integer + 4, 64);
          out.int8(integer + 8, type == ArrowField.Type.INT64 ? 1 : 0);
          references.forEach(at -> out.refer(at, integer));
        });
    int none = out.vector(0);
    noChildren.forEach(at -> out.refer(at, none));
    Map<String, List<Integer>> texts = new LinkedHashMap<>();
    shared.forEach(
        (entry, references) -> {
          int pair = out.table(12, 4, 8);
          references.forEach(at -> out.refer(at, pair));
          later(texts, entry.getKey(), pair + 4);
          later(texts, entry.getValue(), pair + 8);
        });
    texts.forEach(
        (text, references) -> {
          int position = out.text(text);
          references.forEach(at -> out.refer(at, position));
        });
  }
}
