package io.rezolus.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The level of the log, however a configuration writes it. */
class LogSettingsTest {
  @TempDir Path folder;

  @Test
  void understands_every_way_to_write_the_key() throws Exception {
    assertEquals("error", level("[log]\nlevel = \"error\""));
    assertEquals("error", level("[ \"log\" ] # quiet\n'level' = 'error' # so"));
    assertEquals("error", level("log.level = \"error\""));
    assertEquals("error", level("log . \"level\" = 'error'"));
    assertEquals("error", level("log = { level = \"error\" }"));
    assertEquals("error", level("log={other=1,level='error'} # one line"));
    assertEquals("debug", level("[general]\nttl = \"1s\"\n[log]\n# level = 'warn'\nlevel='debug'"));
  }

  @Test
  void keys_of_that_name_elsewhere_are_not_the_level() throws Exception {
    assertEquals("info", level(""));
    assertEquals("info", level("level = \"error\""));
    assertEquals("info", level("[general]\nlevel = \"error\"\nlog.level = \"error\""));
    assertEquals("info", level("[log]\n[[more]]\nlevel = \"error\""));
    assertEquals("info", level("[log]\nlevel = \"loud\""));
    assertEquals("info", LogSettings.levelIn(folder.resolve("none.toml")));
  }

  private String level(String toml) throws Exception {
    return LogSettings.levelIn(Files.writeString(folder.resolve("agent.toml"), toml + "\n"));
  }
}
