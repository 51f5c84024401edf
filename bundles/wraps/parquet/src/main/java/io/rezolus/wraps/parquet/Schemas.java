package io.rezolus.wraps.parquet;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The three shapes of columns, to and from parquet's schema. */
final class Schemas {
  private static final LogicalTypeAnnotation UNSIGNED = LogicalTypeAnnotation.intType(64, false);

  private Schemas() {}

  static Type field(Column column) {
    Repetition repetition = column.required() ? Repetition.REQUIRED : Repetition.OPTIONAL;
    switch (column.type()) {
      case UINT64:
        return Types.primitive(PrimitiveTypeName.INT64, repetition)
            .as(UNSIGNED)
            .named(column.name());
      case INT64:
        return Types.primitive(PrimitiveTypeName.INT64, repetition).named(column.name());
      case UINT64_LIST:
        Type item =
            Types.primitive(PrimitiveTypeName.INT64, Repetition.OPTIONAL)
                .as(UNSIGNED)
                .named("item");
        Type list = Types.repeatedGroup().addField(item).named("list");
        return Types.buildGroup(repetition)
            .as(LogicalTypeAnnotation.listType())
            .addField(list)
            .named(column.name());
      default:
        throw new IllegalArgumentException(column.name() + ": cannot be written");
    }
  }

  static Column column(String name, Type field) {
    return new Column(name, type(field), field.isRepetition(Repetition.REQUIRED));
  }

  static int leaves(Type field) {
    if (field.isPrimitive()) {
      return 1;
    }
    int leaves = 0;
    for (Type child : field.asGroupType().getFields()) {
      leaves += leaves(child);
    }
    return leaves;
  }

  private static ColumnType type(Type field) {
    if (field.isRepetition(Repetition.REPEATED)) {
      return ColumnType.OTHER;
    }
    if (field.isPrimitive()) {
      return scalar(field);
    }
    if (field.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
        && field.asGroupType().getFieldCount() == 1) {
      Type list = field.asGroupType().getType(0);
      if (!list.isPrimitive()
          && list.isRepetition(Repetition.REPEATED)
          && list.asGroupType().getFieldCount() == 1
          // a required element has one level less, which the reader of lists does not expect
          && list.asGroupType().getType(0).isRepetition(Repetition.OPTIONAL)
          && scalar(list.asGroupType().getType(0)) == ColumnType.UINT64) {
        return ColumnType.UINT64_LIST;
      }
    }
    return ColumnType.OTHER;
  }

  private static ColumnType scalar(Type field) {
    if (!field.isPrimitive()
        || field.asPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.INT64) {
      return ColumnType.OTHER;
    }
    LogicalTypeAnnotation annotation = field.getLogicalTypeAnnotation();
    if (annotation == null) {
      return ColumnType.INT64;
    }
    if (annotation instanceof IntLogicalTypeAnnotation
        && !field.isRepetition(Repetition.REPEATED)) {
      IntLogicalTypeAnnotation integer = (IntLogicalTypeAnnotation) annotation;
      return integer.isSigned() ? ColumnType.INT64 : ColumnType.UINT64;
    }
    return ColumnType.OTHER;
  }
}
