package io.rezolus.libs.recording;

import java.util.List;
import java.util.SortedMap;

/** What one recorder wrote down: tables of samples and what is known about them. */
public interface Recording {
  /** What tells it apart from the other recordings of its file; for people. */
  String name();

  /** What the recording as a whole is labelled with; empty for formats without such labels. */
  SortedMap<String, String> labels();

  /** Key-values of the recording as a whole; a value may be null. */
  SortedMap<String, String> metadata();

  /** Whether it was ended in order; otherwise its last interval may be missing. */
  boolean complete();

  /** Its tables in a stable order: a single one in flat formats. */
  List<Table> tables();
}
