package io.rezolus.outputs.recorder;

import io.rezolus.libs.recording.combine.Combination;
import io.rezolus.libs.recording.combine.CombineInput;
import io.rezolus.libs.recording.combine.CombineOptions;
import io.rezolus.libs.recording.combine.Join;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.spool.SpoolConverter;
import io.rezolus.outputs.recorder.SpoolOutput.Spooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes parquet recordings of spools: one for each, or one of all with every moment any has. */
final class ParquetFinish {
  private final RecordingPlan plan;

  ParquetFinish(RecordingPlan plan) {
    this.plan = plan;
  }

  /**
   * @param together whether the endpoints are to become one file
   */
  List<String> finish(List<Spooled> spooled, boolean together) throws IOException {
    if (together && spooled.size() > 1) {
      return List.of(combine(spooled));
    }
    List<String> lines = new ArrayList<>();
    for (Spooled each : spooled) {
      Path target = together ? plan.output() : each.target();
      Map<String, String> footer = Footer.of(plan, each.feed(), null);
      if (each.groups() == null || !each.groups().finish(footer)) {
        convert(each, target, footer);
      }
      each.spool().discard();
      lines.add(line(target, each.feed().samples()));
    }
    return lines;
  }

  static String line(Path file, long rows) {
    return file + ": " + rows + (rows == 1 ? " sample" : " samples");
  }

  private String combine(List<Spooled> spooled) throws IOException {
    List<Path> parts = new ArrayList<>();
    try {
      List<CombineInput> inputs = new ArrayList<>();
      Set<String> nodes = new HashSet<>();
      for (Spooled each : spooled) {
        String node = node(each.feed().details(), nodes);
        Path part = each.target().resolveSibling("." + each.target().getFileName() + ".part");
        parts.add(part);
        convert(each, part, Footer.of(plan, each.feed(), node));
        ParquetRecording recording = ParquetRecording.open(part);
        inputs.add(
            new CombineInput(
                each.feed().what(),
                each.feed().details().fallbackNode(),
                recording.table(),
                recording.metadata()));
      }
      Combination all = Combination.of(inputs, new CombineOptions(Join.OUTER, false, null));
      all.write(plan.output(), Map.of(), (done, total) -> {});
      for (Spooled each : spooled) {
        each.spool().discard();
      }
      return line(plan.output(), all.table().rows())
          + " of "
          + spooled.size()
          + " endpoints side by side";
    } finally {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** Name of an agent's machine, unlike that of any other; null for a service. */
  private String node(SourceDetails details, Set<String> taken) {
    if (details.protocol() == Protocol.PROMETHEUS) {
      return null;
    }
    String node = plan.node() == null ? details.node() : plan.node();
    if (!taken.add(node)) {
      // two agents of one machine are told apart by where they answer
      node = details.fallbackNode();
      taken.add(node);
    }
    return node;
  }

  private void convert(Spooled spooled, Path target, Map<String, String> footer)
      throws IOException {
    SpoolConverter.Conversion conversion =
        new SpoolConverter().convert(spooled.spool().path(), target, footer);
    if (conversion.torn() != null) {
      throw new IOException(
          "only "
              + conversion.rows()
              + " of "
              + spooled.feed().samples()
              + " samples: "
              + conversion.torn());
    }
  }
}
