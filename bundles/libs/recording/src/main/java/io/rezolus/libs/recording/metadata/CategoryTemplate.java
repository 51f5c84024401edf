package io.rezolus.libs.recording.metadata;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Services of one sort and the indicators by which they are compared.
 *
 * @param members names of the services, two at least
 */
public record CategoryTemplate(String name, List<String> members, List<CategoryKpi> kpis) {
  public CategoryTemplate {
    members = List.copyOf(members);
    kpis = List.copyOf(kpis);
  }

  /**
   * An indicator that every member has, possibly by another title. Everything but role, title and
   * type may be null or empty.
   *
   * @param memberTitles title of a member's own indicator, by member; else it is {@code title}
   */
  public record CategoryKpi(
      String role,
      String title,
      String type,
      String subtype,
      String unitSystem,
      List<Double> percentiles,
      boolean denominator,
      String subgroup,
      String subgroupDescription,
      boolean fullWidth,
      SortedMap<String, String> memberTitles) {}

  /** Whether a template is a category and not a service. */
  public static boolean isCategory(JsonElement element) {
    return JsonFields.of("template", element).flag("category", false);
  }

  /**
   * @throws JsonParseException one line that says what is wrong and where
   */
  public static CategoryTemplate parse(JsonElement element) {
    JsonFields fields = JsonFields.of("category", element);
    List<String> members = fields.texts("members");
    if (members.stream().distinct().count() < 2) {
      throw new JsonParseException("category: \"members\" must name two services at least");
    }
    List<CategoryKpi> kpis = new ArrayList<>();
    for (JsonElement kpi : fields.array("kpis")) {
      kpis.add(kpi(JsonFields.of("kpis[" + kpis.size() + "]", kpi), members));
    }
    return new CategoryTemplate(fields.requiredText("service_name"), members, kpis);
  }

  private static CategoryKpi kpi(JsonFields fields, List<String> members) {
    SortedMap<String, String> titles = fields.map("member_titles");
    for (String member : titles.keySet()) {
      if (!members.contains(member)) {
        throw new JsonParseException(
            fields.where() + ": \"member_titles\" names " + member + ", which is no member");
      }
    }
    return new CategoryKpi(
        fields.requiredText("role"),
        fields.requiredText("title"),
        fields.requiredText("type"),
        fields.text("subtype"),
        fields.text("unit_system"),
        List.copyOf(fields.numbers("percentiles")),
        fields.flag("denominator", false),
        fields.text("subgroup"),
        fields.text("subgroup_description"),
        fields.flag("full_width", false),
        titles);
  }
}
