package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The columns that a stored schema has, and at which leaf each of them begins. */
final class SchemaTree {
  private static final int DEPTH_MAX = 16;

  private static final int TYPE_INT64 = 2;
  private static final int REQUIRED = 0;
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;

  /** What an annotation says of a field. */
  private enum Meaning {
    NONE,
    LIST,
    SIGNED,
    UNSIGNED,
    OTHER
  }

  private final List<Element> elements;
  private final List<Column> columns = new ArrayList<>();
  private final int[] firstLeaf;
  private int next = 1;
  private int leaves;

  private SchemaTree(List<Element> elements) throws IOException {
    this.elements = elements;
    if (elements.isEmpty() || elements.get(0).children() > elements.size()) {
      throw damaged("is cut off");
    }
    firstLeaf = new int[Math.max(0, elements.get(0).children())];
    for (int i = 0; i < firstLeaf.length; i++) {
      firstLeaf[i] = leaves;
      int at = next;
      descend(0);
      columns.add(column(at));
    }
    if (next != elements.size()) {
      throw damaged("contradicts itself");
    }
  }

  /**
   * @param in at a field that holds the elements of a schema, depth first
   */
  static SchemaTree read(CompactReader in) throws IOException {
    int count = in.structs();
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(element(in));
    }
    return new SchemaTree(elements);
  }

  List<Column> columns() {
    return Collections.unmodifiableList(columns);
  }

  /** Position of a column's first leaf among those of all columns. */
  int firstLeaf(int column) {
    return firstLeaf[column];
  }

  int leaves() {
    return leaves;
  }

  private void descend(int depth) throws IOException {
    if (depth == DEPTH_MAX) {
      throw damaged("is nested too deeply");
    }
    if (next >= elements.size()) {
      throw damaged("is cut off");
    }
    int children = elements.get(next++).children();
    if (children <= 0) {
      leaves++;
    }
    for (int i = 0; i < children; i++) {
      descend(depth + 1);
    }
  }

  private Column column(int at) {
    Element field = elements.get(at);
    ColumnType type = ColumnType.OTHER;
    if (field.repetition() != REPEATED) {
      type = isListOfUnsigned(at) ? ColumnType.UINT64_LIST : field.scalar();
    }
    return new Column(field.name(), type, field.repetition() == REQUIRED);
  }

  private boolean isListOfUnsigned(int at) {
    if (elements.get(at).meaning() != Meaning.LIST || elements.get(at).children() != 1) {
      return false;
    }
    Element list = elements.get(at + 1);
    if (list.repetition() != REPEATED || list.children() != 1) {
      return false;
    }
    Element item = elements.get(at + 2);
    // a required element has one level less, which the reader of lists does not expect
    return item.repetition() == OPTIONAL && item.scalar() == ColumnType.UINT64;
  }

  private static Element element(CompactReader in) throws IOException {
    int type = -1;
    int repetition = REQUIRED;
    String name = null;
    int children = 0;
    Meaning converted = Meaning.NONE;
    Meaning logical = Meaning.NONE;
    in.enter();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> type = (int) in.integer();
        case 3 -> repetition = (int) in.integer();
        case 4 -> name = in.text();
        case 5 -> children = (int) Math.min(Integer.MAX_VALUE, in.integer());
        case 6 -> converted = converted((int) in.integer());
        case 10 -> logical = logical(in);
        default -> in.skip();
      }
    }
    if (name == null) {
      throw damaged("lacks a name");
    }
    return new Element(
        name, type, repetition, children, logical == Meaning.NONE ? converted : logical);
  }

  private static Meaning converted(int type) {
    return switch (type) {
      case 3 -> Meaning.LIST;
      case 14 -> Meaning.UNSIGNED;
      case 18 -> Meaning.SIGNED;
      default -> Meaning.OTHER;
    };
  }

  private static Meaning logical(CompactReader in) throws IOException {
    Meaning meaning = Meaning.OTHER;
    in.struct();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 3 -> {
          meaning = Meaning.LIST;
          in.skip();
        }
        case 10 -> meaning = integer(in);
        default -> in.skip();
      }
    }
    return meaning;
  }

  private static Meaning integer(CompactReader in) throws IOException {
    boolean signed = true;
    in.struct();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 2) {
        signed = in.isTrue();
      } else {
        in.skip();
      }
    }
    return signed ? Meaning.SIGNED : Meaning.UNSIGNED;
  }

  private static IOException damaged(String how) {
    return new IOException("damaged parquet footer: its schema " + how);
  }

  private record Element(String name, int type, int repetition, int children, Meaning meaning) {
    ColumnType scalar() {
      if (children > 0 || type != TYPE_INT64) {
        return ColumnType.OTHER;
      }
      return switch (meaning) {
        case NONE, SIGNED -> ColumnType.INT64;
        case UNSIGNED -> ColumnType.UINT64;
        default -> ColumnType.OTHER;
      };
    }
  }
}
