package io.rezolus.wraps.parquet;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The three shapes of columns as parquet's schema has them. */
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
}
