package io.rezolus.libs.recording.rez;

import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An archive open for reading, as it was when it was opened, even while it is being written: what
 * was written since is in what {@link #refreshed} gives. The file and its folder stay as they are.
 * What its catalog says is known without opening a segment: {@link RezCatalog#read}. Safe for use
 * by several threads.
 */
public final class RezFile implements RecordingFile {
  private final Path path;
  private final Archive archive;
  private final SegmentStore store;
  private final RezCatalog catalog;
  private final List<RezRecording> recordings;

  private RezFile(
      Path path,
      Archive archive,
      SegmentStore store,
      RezCatalog catalog,
      List<RezRecording> recordings) {
    this.path = path;
    this.archive = archive;
    this.store = store;
    this.catalog = catalog;
    this.recordings = List.copyOf(recordings);
  }

  /**
   * Opens an archive and reads the columns of every segment, but no values.
   *
   * @throws IOException when it is no archive of version 3, or damaged
   */
  public static RezFile open(Path path) throws IOException {
    Archive archive = Archive.read(path);
    try {
      return read(path, archive, new SegmentStore(archive), List.of());
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private static RezFile read(
      Path path, Archive archive, SegmentStore store, List<RezRecording> before)
      throws IOException {
    return archive.transaction(
        connection -> {
          RezCatalog catalog = CatalogReader.read(path, connection);
          List<RezRecording> recordings = new ArrayList<>();
          for (RecordingCatalog recording : catalog.recordings()) {
            RezRecording known =
                before.stream().filter(r -> r.id() == recording.id()).findFirst().orElse(null);
            List<RezTable> tables = new ArrayList<>();
            for (TableCatalog table : recording.tables()) {
              RezTable was = known == null ? null : known.table(table.name());
              tables.add(RezTable.read(archive, connection, store, recording.id(), table, was));
            }
            recordings.add(new RezRecording(recording, tables));
          }
          return new RezFile(path, archive, store, catalog, recordings);
        });
  }

  /** Whether {@link #refreshed} sees what others write; else it has to be opened anew. */
  public boolean isShared() {
    return archive.shared();
  }

  /**
   * The archive as it is now. This one goes on being what it was. Both read through the same
   * connection, so that closing either closes both.
   */
  public RezFile refreshed() throws IOException {
    synchronized (archive) {
      return read(path, archive, store, recordings);
    }
  }

  /** What the catalog said when the archive was opened. */
  public RezCatalog catalog() {
    return catalog;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public RecordingFormat format() {
    return RecordingFormat.REZ;
  }

  @Override
  public List<Recording> recordings() {
    return List.copyOf(recordings);
  }

  @Override
  public void close() throws IOException {
    synchronized (archive) {
      archive.close();
    }
  }
}
