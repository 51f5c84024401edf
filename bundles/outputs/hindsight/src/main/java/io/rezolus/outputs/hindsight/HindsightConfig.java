package io.rezolus.outputs.hindsight;

import io.rezolus.core.api.command.CommandException;
import io.rezolus.core.api.http.ListenAddress;
import io.rezolus.libs.client.Endpoint;
import io.rezolus.libs.command.ConfigFile;
import io.rezolus.libs.command.DurationConverter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the file of {@code rezolus hindsight} says.
 *
 * @param interval time between samples
 * @param lookback how much of the past is kept
 * @param source the agent
 * @param output where a capture is put
 * @param listen where HTTP is answered; null for nowhere
 * @param segmentRows rows of a sealed segment
 * @param warnings what the user should know, one line each
 */
record HindsightConfig(
    Duration interval,
    Duration lookback,
    Endpoint source,
    Path output,
    ListenAddress listen,
    int segmentRows,
    List<String> warnings) {
  private static final int SEGMENT_ROWS = 900;

  /**
   * @throws CommandException when it cannot be read or is wrong: file, line and key
   */
  static HindsightConfig read(Path path) throws CommandException {
    ConfigFile file = ConfigFile.read(path).knowing("general", "log");
    file.section("log").knowing("level").text("level", Function.identity());
    ConfigFile.Section general =
        file.section("general")
            .knowing("interval", "duration", "source", "output", "listen", "segment_rows", "ttl");
    DurationConverter durations = new DurationConverter();
    Duration interval = orElse(general.text("interval", durations::convert), "1s");
    Duration lookback = orElse(general.text("duration", durations::convert), "15m");
    if (lookback.compareTo(interval) < 0) {
      throw file.wrong("general.duration is shorter than general.interval");
    }
    Endpoint source = general.text("source", Endpoint::parse);
    Path output = general.text("output", Path::of);
    List<String> warnings = new ArrayList<>(file.warnings());
    Path target = output == null ? Path.of("/tmp/rezolus.rez") : output;
    if (target.toString().endsWith(".parquet")) {
      warnings.add(target + ": captures are .rez archives, whatever the file is called");
    }
    return new HindsightConfig(
        interval,
        lookback,
        source == null ? Endpoint.parse("127.0.0.1:4241") : source,
        target,
        general.text("listen", ListenAddress::parse),
        (int) general.number("segment_rows", 0, 1_000_000, SEGMENT_ROWS),
        warnings);
  }

  private static Duration orElse(Duration duration, String otherwise) {
    return duration == null ? new DurationConverter().convert(otherwise) : duration;
  }
}
