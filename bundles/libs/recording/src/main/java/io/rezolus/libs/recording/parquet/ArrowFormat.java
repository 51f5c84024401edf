package io.rezolus.libs.recording.parquet;

/** Numbers of the Arrow IPC format ({@code Message.fbs}, {@code Schema.fbs}). */
final class ArrowFormat {
  /** Precedes the length of an encapsulated message. */
  static final int CONTINUATION = 0xFFFFFFFF;

  /** {@code MetadataVersion.V5}. */
  static final short VERSION = 4;

  /** {@code MessageHeader.Schema}. */
  static final byte HEADER_SCHEMA = 1;

  /** {@code Type.Int}. */
  static final byte TYPE_INT = 2;

  /** {@code Type.List}. */
  static final byte TYPE_LIST = 12;

  // positions of members in their tables
  static final int MESSAGE_VERSION = 0;
  static final int MESSAGE_HEADER_TYPE = 1;
  static final int MESSAGE_HEADER = 2;
  static final int SCHEMA_FIELDS = 1;
  static final int FIELD_NAME = 0;
  static final int FIELD_NULLABLE = 1;
  static final int FIELD_TYPE_TYPE = 2;
  static final int FIELD_TYPE = 3;
  static final int FIELD_CHILDREN = 5;
  static final int FIELD_METADATA = 6;
  static final int INT_BITS = 0;
  static final int INT_SIGNED = 1;
  static final int KEY = 0;
  static final int VALUE = 1;

  private ArrowFormat() {}
}
