package io.rezolus.libs.recording.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
  @TempDir Path dir;

  @Test
  void random_tables_come_back_as_they_were() throws IOException {
    for (int seed = 0; seed < 150; seed++) {
      RandomTable written = RandomTable.write(seed, false);
      ParquetRecording read = ParquetRecording.open(written.bytes(), "seed-" + seed);
      assertEquals(written.contents(), Contents.of(read), "seed " + seed);
    }
  }

  @Test
  void duckdb_reads_random_tables_as_they_were() throws IOException, SQLException {
    for (int seed = 1000; seed < 1030; seed++) {
      RandomTable written = RandomTable.write(seed, true);
      Path file = Files.write(dir.resolve(seed + ".parquet"), written.bytes());
      List<List<String>> found = DuckDb.columns(file);
      List<Contents.Column> columns = written.contents().columns();
      assertEquals(columns.size(), found.size());
      for (int i = 0; i < columns.size(); i++) {
        assertEquals(columns.get(i).unsigned(), found.get(i), "seed " + seed + ", column " + i);
      }
    }
  }
}
