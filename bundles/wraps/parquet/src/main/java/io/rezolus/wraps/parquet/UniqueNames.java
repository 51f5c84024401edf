package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/**
 * Gives the columns of a footer names of their own. parquet-java files columns under their names,
 * which two of them may share, and looks the type of one up where it needs that of the other.
 */
final class UniqueNames {
  private final List<String> names = new ArrayList<>();
  private final List<List<String>> leaves = new ArrayList<>();

  private UniqueNames() {}

  /**
   * @return the names that the top-level columns had
   * @throws IOException when row groups do not have the columns of the schema
   */
  static List<String> apply(FileMetaData meta) throws IOException {
    UniqueNames unique = new UniqueNames();
    List<SchemaElement> schema = meta.getSchema();
    int next = 1;
    while (next < schema.size()) {
      SchemaElement element = schema.get(next);
      unique.names.add(element.getName());
      element.setName("c" + unique.names.size());
      next = unique.descend(schema, next, List.of());
    }
    for (RowGroup group : meta.getRow_groups()) {
      List<ColumnChunk> chunks = group.getColumns();
      if (chunks.size() != unique.leaves.size()) {
        throw new IOException("damaged parquet footer: a row group contradicts the schema");
      }
      for (int i = 0; i < chunks.size(); i++) {
        if (chunks.get(i).getMeta_data() == null) {
          throw new IOException("its columns are in other files, or encrypted");
        }
        chunks.get(i).getMeta_data().setPath_in_schema(unique.leaves.get(i));
      }
    }
    return unique.names;
  }

  /** Notes the paths of the leaves of a subtree and returns what follows it. */
  private int descend(List<SchemaElement> schema, int at, List<String> above) throws IOException {
    if (at >= schema.size()) {
      throw new IOException("damaged parquet footer: its schema is cut off");
    }
    List<String> path = new ArrayList<>(above);
    path.add(schema.get(at).getName());
    int children = schema.get(at).isSetNum_children() ? schema.get(at).getNum_children() : 0;
    if (children <= 0) {
      leaves.add(path);
      return at + 1;
    }
    int next = at + 1;
    for (int i = 0; i < children; i++) {
      next = descend(schema, next, path);
    }
    return next;
  }
}
