package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** The columns that a stored schema has, and at which leaf each of them begins. */
final class SchemaTree {
  private final List<SchemaElement> elements;
  private final List<Column> columns = new ArrayList<>();
  private final int[] firstLeaf;
  private int next = 1;
  private int leaves;

  /**
   * @param elements depth first, nested no deeper than {@link Footer#decode} lets pass
   * @throws IOException when they contradict each other
   */
  SchemaTree(List<SchemaElement> elements) throws IOException {
    this.elements = elements;
    int fields = elements.isEmpty() ? -1 : children(0);
    if (fields < 0 || fields >= elements.size()) {
      throw damaged();
    }
    firstLeaf = new int[fields];
    for (int i = 0; i < fields; i++) {
      firstLeaf[i] = leaves;
      int at = next;
      descend();
      columns.add(column(at));
    }
    if (next != elements.size()) {
      throw damaged();
    }
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

  private void descend() throws IOException {
    if (next >= elements.size()) {
      throw damaged();
    }
    int children = children(next++);
    if (children <= 0) {
      leaves++;
    }
    for (int i = 0; i < children; i++) {
      descend();
    }
  }

  private Column column(int at) {
    SchemaElement field = elements.get(at);
    ColumnType type = ColumnType.OTHER;
    if (field.getRepetition_type() != FieldRepetitionType.REPEATED) {
      type = isListOfUnsigned(at) ? ColumnType.UINT64_LIST : scalar(field);
    }
    return new Column(
        field.getName(), type, field.getRepetition_type() == FieldRepetitionType.REQUIRED);
  }

  private boolean isListOfUnsigned(int at) {
    if (!isList(elements.get(at)) || children(at) != 1) {
      return false;
    }
    SchemaElement list = elements.get(at + 1);
    if (list.getRepetition_type() != FieldRepetitionType.REPEATED || children(at + 1) != 1) {
      return false;
    }
    SchemaElement item = elements.get(at + 2);
    // a required element has one level less, which the reader of lists does not expect
    return item.getRepetition_type() == FieldRepetitionType.OPTIONAL
        && scalar(item) == ColumnType.UINT64;
  }

  private int children(int at) {
    SchemaElement element = elements.get(at);
    return element.isSetNum_children() ? element.getNum_children() : 0;
  }

  private static boolean isList(SchemaElement field) {
    return field.isSetLogicalType()
        ? field.getLogicalType().isSetLIST()
        : field.getConverted_type() == ConvertedType.LIST;
  }

  private static ColumnType scalar(SchemaElement field) {
    if (field.getType() != Type.INT64 || field.isSetNum_children() && field.getNum_children() > 0) {
      return ColumnType.OTHER;
    }
    if (field.isSetLogicalType()) {
      LogicalType logical = field.getLogicalType();
      if (!logical.isSetINTEGER()) {
        return ColumnType.OTHER;
      }
      return logical.getINTEGER().isIsSigned() ? ColumnType.INT64 : ColumnType.UINT64;
    }
    if (!field.isSetConverted_type() || field.getConverted_type() == ConvertedType.INT_64) {
      return ColumnType.INT64;
    }
    return field.getConverted_type() == ConvertedType.UINT_64
        ? ColumnType.UINT64
        : ColumnType.OTHER;
  }

  private static IOException damaged() {
    return new IOException("damaged parquet footer: its schema contradicts itself");
  }
}
