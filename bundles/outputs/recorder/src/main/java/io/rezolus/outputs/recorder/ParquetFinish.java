package io.rezolus.outputs.recorder;

import io.rezolus.outputs.recorder.SpoolOutput.Spooled;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes parquet recordings of what was sampled: one for each endpoint, or one of all. */
final class ParquetFinish {
  private final RecordingPlan plan;
  private final SpoolConversion conversion;

  ParquetFinish(RecordingPlan plan, PrintStream messages) {
    this.plan = plan;
    this.conversion = new SpoolConversion(messages);
  }

  /** Each into its own file. */
  List<String> each(List<Spooled> spooled) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Spooled each : spooled) {
      lines.add(one(each, each.target()));
    }
    return lines;
  }

  /**
   * All into one file.
   *
   * @param early row groups of all of them; null where there are none
   */
  List<String> together(List<Spooled> spooled, EarlyGroups early) throws IOException {
    if (spooled.size() == 1) {
      return List.of(one(spooled.get(0), plan.output()));
    }
    long rows = new CombinedFinish(plan, conversion).finish(spooled, early);
    for (Spooled each : spooled) {
      each.spool().discard();
    }
    return List.of(line(plan.output(), rows) + " of " + spooled.size() + " endpoints side by side");
  }

  static String line(Path file, long rows) {
    return file + ": " + rows + (rows == 1 ? " sample" : " samples");
  }

  private String one(Spooled spooled, Path target) throws IOException {
    Map<String, String> footer = Footer.of(plan, spooled.feed(), null);
    if (spooled.groups() != null && spooled.groups().end()) {
      spooled.groups().groups().finish(footer);
    } else {
      conversion.convert(spooled, target, footer);
    }
    spooled.spool().discard();
    return line(target, spooled.feed().samples());
  }
}
