package io.rezolus.outputs.recorder;

import io.rezolus.libs.recording.combine.Combination;
import io.rezolus.libs.recording.combine.CombineInput;
import io.rezolus.libs.recording.combine.CombineOptions;
import io.rezolus.libs.recording.combine.CombinedSchema;
import io.rezolus.libs.recording.combine.Join;
import io.rezolus.libs.recording.combine.Origin;
import io.rezolus.libs.recording.parquet.ArrowField;
import io.rezolus.libs.recording.parquet.ParquetRecording;
import io.rezolus.libs.recording.spool.GroupedColumn;
import io.rezolus.libs.recording.spool.RowGroups;
import io.rezolus.outputs.recorder.SpoolOutput.Spooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Makes one parquet recording of several endpoints, with every moment any has. */
final class CombinedFinish {
  /** Source of agents, which are told apart by their machines whatever else is said of them. */
  private static final String AGENT = "rezolus";

  private final RecordingPlan plan;
  private final SpoolConversion conversion;

  CombinedFinish(RecordingPlan plan, SpoolConversion conversion) {
    this.plan = plan;
    this.conversion = conversion;
  }

  /**
   * @param early row groups of all of them; null where there are none
   * @return how many rows there are
   */
  long finish(List<Spooled> spooled, EarlyGroups early) throws IOException {
    Map<Spooled, Map<String, String>> footers = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Spooled each : spooled) {
      footers.put(each, footer(each.feed(), taken));
    }
    if (early != null && early.end()) {
      return finish(spooled, footers, early);
    }
    return convert(spooled, footers);
  }

  private long finish(
      List<Spooled> spooled, Map<Spooled, Map<String, String>> footers, EarlyGroups early)
      throws IOException {
    RowGroups groups = early.groups();
    List<GroupedColumn> all = groups.columns();
    List<CombineInput> inputs = new ArrayList<>();
    List<List<GroupedColumn>> columns = new ArrayList<>();
    for (Spooled each : spooled) {
      List<GroupedColumn> own = new ArrayList<>();
      for (GroupedColumn column : all) {
        if (column.source() == each.source()) {
          own.add(column);
        }
      }
      columns.add(own);
      SortedMap<String, String> metadata = early.metadata(each.source());
      metadata.putAll(footers.get(each));
      List<ArrowField> fields = own.stream().map(GroupedColumn::field).toList();
      inputs.add(
          CombineInput.ofColumns(
              each.feed().what(), each.feed().details().fallbackNode(), fields, metadata));
    }
    CombinedSchema schema = CombinedSchema.of(inputs);
    List<ArrowField> fields = schema.fields();
    List<GroupedColumn> combined = new ArrayList<>(fields.size());
    combined.add(new GroupedColumn(all.get(0).id(), all.get(0).source(), fields.get(0)));
    for (int i = 0; i < schema.origins().size(); i++) {
      Origin origin = schema.origins().get(i);
      GroupedColumn column = columns.get(origin.table()).get(origin.column().ordinal());
      combined.add(new GroupedColumn(column.id(), column.source(), fields.get(i + 1)));
    }
    groups.finish(combined, schema.metadata());
    return groups.rows();
  }

  private long convert(List<Spooled> spooled, Map<Spooled, Map<String, String>> footers)
      throws IOException {
    List<Path> parts = new ArrayList<>();
    try {
      List<CombineInput> inputs = new ArrayList<>();
      for (Spooled each : spooled) {
        Path part = each.target().resolveSibling("." + each.target().getFileName() + ".part");
        parts.add(part);
        conversion.convert(each, part, footers.get(each));
        ParquetRecording recording = ParquetRecording.open(part);
        inputs.add(
            new CombineInput(
                each.feed().what(),
                each.feed().details().fallbackNode(),
                recording.table(),
                recording.metadata()));
      }
      Combination all = Combination.of(inputs, new CombineOptions(Join.OUTER, false, null));
      all.write(plan.output(), Map.of(), conversion.progress(plan.output()));
      return all.table().rows();
    } finally {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  /**
   * What the recording says about an endpoint, which is the machine or the instance that no other
   * one is.
   */
  private Map<String, String> footer(Feed feed, Set<String> taken) {
    SourceDetails details = feed.details();
    String node = null;
    if (details.protocol() == Protocol.MSGPACK) {
      String wanted = plan.node() == null ? details.node() : plan.node();
      node = unlike(plan.metadata().getOrDefault("node", wanted), "", details, taken);
    }
    Map<String, String> footer = Footer.of(plan, feed, node);
    if (node != null) {
      footer.put("node", node);
    }
    String source = footer.get("source");
    if (!source.equals(AGENT)) {
      // without the user's name they are numbered
      footer.computeIfPresent(
          "instance", (key, wanted) -> unlike(wanted, source + "/", details, taken));
    }
    return footer;
  }

  /** The name that is wanted; where it is taken, that of where the endpoint answers. */
  private static String unlike(
      String wanted, String space, SourceDetails details, Set<String> taken) {
    String name = wanted;
    for (int number = 1; !taken.add(space + name); number++) {
      name = details.fallbackNode() + (number == 1 ? "" : "-" + number);
    }
    return name;
  }
}
