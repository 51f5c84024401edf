package io.rezolus.libs.recording.tar;

import io.rezolus.libs.recording.Recording;
import io.rezolus.libs.recording.RecordingFile;
import io.rezolus.libs.recording.RecordingFormat;
import io.rezolus.libs.recording.Table;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.rez.ClockOffset;
import io.rezolus.libs.recording.rez.RecordingCatalog;
import io.rezolus.libs.recording.rez.RezCatalog;
import io.rezolus.libs.recording.rez.TableCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * An archive of version 1 or 2: a tar of parquet files and a manifest, which a recorder wrote anew
 * from time to time. One that was cut off has what its newest whole manifest speaks of. Files are
 * read where they lie in the tar.
 */
public final class TarRecordings implements RecordingFile {
  private static final int MANIFEST_BYTES_MAX = 8 << 20;

  private final Path path;
  private final List<String> damage;
  private final Manifest manifest;
  private final List<Recording> recordings;

  private TarRecordings(
      Path path, List<String> damage, Manifest manifest, List<Recording> recordings) {
    this.path = path;
    this.damage = damage;
    this.manifest = manifest;
    this.recordings = Collections.unmodifiableList(recordings);
  }

  /**
   * Opens an archive; reads the manifest and the footers of its files.
   *
   * @throws IOException when it cannot be read, or has no manifest whose files are all there
   */
  public static TarRecordings open(Path path) throws IOException {
    TarContents contents = TarContents.read(path);
    Map<String, TarEntry> files = new HashMap<>();
    Manifest manifest = manifest(path, contents, files);
    List<Recording> recordings = new ArrayList<>();
    for (Manifest.Entry entry : manifest.recordings()) {
      List<Table> tables = new ArrayList<>();
      for (Manifest.TableEntry table : entry.tables()) {
        List<Table> segments = new ArrayList<>();
        for (String file : table.files()) {
          TarEntry in = files.get(file);
          segments.add(
              ParquetRecording.open(path, in.offset(), in.length(), path + ": " + file).table());
        }
        tables.add(new SegmentedTable(table.sampler(), segments));
      }
      recordings.add(new Archived(entry, Collections.unmodifiableList(tables)));
    }
    return new TarRecordings(path, damage(path, contents, manifest), manifest, recordings);
  }

  /** Whether a tar is such an archive. */
  public static boolean isArchive(Path path) throws IOException {
    return TarContents.read(path).last(Manifest.NAME) != null;
  }

  /** Version of the layout, 1 or 2. */
  public int version() {
    return manifest.version();
  }

  /** The manifest that was found good, as it is written in the tar. */
  public String manifest() {
    return manifest.text();
  }

  /**
   * What the archive says about itself, as one of version 3 does.
   *
   * @throws IOException when the times of its rows cannot be read
   */
  public RezCatalog catalog() throws IOException {
    List<RecordingCatalog> catalogs = new ArrayList<>();
    for (int i = 0; i < recordings.size(); i++) {
      Manifest.Entry entry = manifest.recordings().get(i);
      List<TableCatalog> tables = new ArrayList<>();
      long earliest = Long.MAX_VALUE;
      for (int j = 0; j < entry.tables().size(); j++) {
        Table table = recordings.get(i).tables().get(j);
        TimeRange times = TimeRange.of(table);
        earliest = times.isEmpty() ? earliest : Math.min(earliest, times.first());
        int segments = entry.tables().get(j).files().size();
        tables.add(
            new TableCatalog(table.name(), table.rows(), segments, 0, times.first(), times.last()));
      }
      tables.sort(Comparator.comparing(TableCatalog::name));
      long began = earliest == Long.MAX_VALUE ? 0 : earliest;
      catalogs.add(
          new RecordingCatalog(
              i + 1,
              entry.directory(),
              entry.labels(),
              entry.metadata(),
              entry.complete(),
              entry.anchor() == null ? began : entry.anchor(),
              entry.offsets().stream().map(pair -> new ClockOffset(pair[0], pair[1])).toList(),
              tables));
    }
    return new RezCatalog(catalogs);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public RecordingFormat format() {
    return RecordingFormat.REZ_TAR;
  }

  @Override
  public List<Recording> recordings() {
    return recordings;
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(RecordingFile.super.warnings());
    warnings.addAll(damage);
    return warnings;
  }

  @Override
  public void close() {
    // each read opens and closes the file
  }

  /**
   * The newest manifest all of whose files are there.
   *
   * @param files filled with the files of the tar by name
   */
  static Manifest manifest(Path path, TarContents contents, Map<String, TarEntry> files)
      throws IOException {
    contents.entries().forEach(entry -> files.put(entry.name(), entry));
    boolean any = false;
    List<TarEntry> entries = contents.entries();
    Manifest newest = null;
    for (int i = entries.size() - 1; i >= 0; i--) {
      TarEntry entry = entries.get(i);
      if (!entry.name().equals(Manifest.NAME)) {
        continue;
      }
      any = true;
      Manifest manifest;
      try {
        manifest = Manifest.parse(contents.bytes(entry, MANIFEST_BYTES_MAX));
      } catch (IOException e) {
        throw new IOException(path + ": " + e.getMessage(), e);
      }
      Set<String> named = manifest == null ? null : manifest.files();
      if (newest == null && named != null && files.keySet().containsAll(named)) {
        newest = manifest;
      }
    }
    if (newest == null) {
      throw new IOException(
          path
              + (any
                  ? ": damaged: no manifest in it has all of its files"
                  : ": a tar without " + Manifest.NAME + ": not a recording"));
    }
    return newest;
  }

  /** Why it may lack what once was in it, where that is so. */
  private static List<String> damage(Path path, TarContents contents, Manifest manifest)
      throws IOException {
    byte[] newest = contents.bytes(contents.last(Manifest.NAME), MANIFEST_BYTES_MAX);
    if (!contents.whole()) {
      return List.of(
          path
              + ": cut off or damaged after "
              + contents.readTo()
              + " bytes, and read as its newest whole manifest before that tells");
    }
    return new String(newest, StandardCharsets.UTF_8).equals(manifest.text())
        ? List.of()
        : List.of(
            path + ": its newest manifest is damaged, and it is read as an earlier one tells");
  }

  private record Archived(Manifest.Entry entry, List<Table> tables) implements Recording {
    @Override
    public String name() {
      return entry.directory();
    }

    @Override
    public SortedMap<String, String> labels() {
      return entry.labels();
    }

    @Override
    public SortedMap<String, String> metadata() {
      return entry.metadata();
    }

    @Override
    public boolean complete() {
      return entry.complete();
    }
  }
}
