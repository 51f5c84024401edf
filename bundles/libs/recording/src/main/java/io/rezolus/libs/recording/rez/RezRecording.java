package io.rezolus.libs.recording.rez;

import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.Table;
import java.util.List;
import java.util.SortedMap;

/** One recording of an archive. */
final class RezRecording implements Recording {
  private final RecordingCatalog catalog;
  private final List<RezTable> tables;

  RezRecording(RecordingCatalog catalog, List<RezTable> tables) {
    this.catalog = catalog;
    this.tables = List.copyOf(tables);
  }

  @Override
  public String name() {
    return catalog.name();
  }

  @Override
  public SortedMap<String, String> labels() {
    return catalog.labels();
  }

  @Override
  public SortedMap<String, String> metadata() {
    return catalog.metadata();
  }

  @Override
  public boolean complete() {
    return catalog.complete();
  }

  @Override
  public List<Table> tables() {
    return List.copyOf(tables);
  }

  long id() {
    return catalog.id();
  }

  /** A table by its name, or null. */
  RezTable table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElse(null);
  }
}
