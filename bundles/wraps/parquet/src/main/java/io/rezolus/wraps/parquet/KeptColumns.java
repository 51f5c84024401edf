package io.rezolus.wraps.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;

/** Some top-level columns of a file: their part of its schema and which leaves they have. */
final class KeptColumns {
  private final List<SchemaElement> schema = new ArrayList<>();
  private final BitSet leaves = new BitSet();
  private final List<SchemaElement> from;
  private int next = 1;
  private int leaf;

  /**
   * @param ordinals ascending
   */
  KeptColumns(FileMetaData meta, int[] ordinals) throws IOException {
    from = meta.getSchema();
    SchemaElement root = new SchemaElement(from.get(0));
    int columns = root.getNum_children();
    root.setNum_children(ordinals.length);
    schema.add(root);
    int kept = 0;
    for (int i = 0; i < columns; i++) {
      boolean keep = kept < ordinals.length && ordinals[kept] == i;
      subtree(keep);
      if (keep) {
        kept++;
      }
    }
    if (kept != ordinals.length) {
      throw new IllegalArgumentException("columns to keep that are not there, or in another order");
    }
  }

  List<SchemaElement> schema() {
    return schema;
  }

  /** Of a list with one element per leaf, those of kept columns. */
  <T> List<T> leaves(List<T> all) throws IOException {
    if (all.size() != leaf) {
      throw new IOException("damaged parquet footer: a row group contradicts the schema");
    }
    List<T> kept = new ArrayList<>(leaves.cardinality());
    for (int i = leaves.nextSetBit(0); i >= 0; i = leaves.nextSetBit(i + 1)) {
      kept.add(all.get(i));
    }
    return kept;
  }

  private void subtree(boolean keep) throws IOException {
    // counted and not descended into: the depth of a tree is for the file to say
    for (long open = 1; open > 0; open--) {
      if (next == from.size()) {
        throw new IOException("damaged parquet footer: its schema is cut off");
      }
      SchemaElement element = from.get(next++);
      if (keep) {
        schema.add(element);
      }
      if (element.isSetNum_children() && element.getNum_children() > 0) {
        open += element.getNum_children();
      } else {
        leaves.set(leaf++, keep);
      }
    }
  }
}
