package io.rezolus.libs.recording.parquet;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One field of an Arrow schema, as far as recordings use them.
 *
 * @param name column name
 * @param type value type; {@link Type#OTHER} is only ever read
 * @param nullable whether rows may lack a value
 * @param metadata the field's key-values: labels, and how to read the values
 * @param element what the elements of a list are called, which matters to nobody but is kept
 */
public record ArrowField(
    String name, Type type, boolean nullable, Map<String, String> metadata, String element) {
  /** What the elements of a list are called by most writers. */
  private static final String ITEM = "item";

  public ArrowField {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** A field whose elements, should it be a list, have the usual name. */
  public ArrowField(String name, Type type, boolean nullable, Map<String, String> metadata) {
    this(name, type, nullable, metadata, ITEM);
  }

  public enum Type {
    UINT64,
    INT64,
    /** List with one nullable unsigned child. */
    UINT64_LIST,
    OTHER
  }
}
