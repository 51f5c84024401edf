package io.rezolus.core.agent;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.metric.Schema;
import io.rezolus.core.api.snapshot.GroupData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sampler owns which group and member name. Names are compared only when a group's schema is
 * another object than at the last reading, so a steady reading costs one comparison a group.
 */
final class NameClaims {
  private final Map<String, SamplerSlot> names = new HashMap<>();
  private final Map<SamplerSlot, List<Claim>> claims = new IdentityHashMap<>();

  /**
   * Claims the names of a sampler's groups.
   *
   * @return null, or why they cannot be exposed beside those claimed earlier
   */
  String claim(SamplerSlot sampler, List<GroupData> groups) {
    List<Claim> held = claims.get(sampler);
    if (held != null && same(held, groups)) {
      return null;
    }
    release(sampler);
    List<Claim> claimed = new ArrayList<>(groups.size());
    claims.put(sampler, claimed);
    for (GroupData group : groups) {
      String problem = claim(sampler, group, claimed);
      if (problem != null) {
        release(sampler);
        return problem;
      }
    }
    return null;
  }

  /** Gives the names of a sampler free. */
  void release(SamplerSlot sampler) {
    List<Claim> held = claims.remove(sampler);
    if (held != null) {
      held.forEach(claim -> claim.names().forEach(names::remove));
    }
  }

  private String claim(SamplerSlot sampler, GroupData group, List<Claim> claimed) {
    List<String> own = new ArrayList<>(group.schema().size() + 1);
    claimed.add(new Claim(group.name(), group.schema(), own));
    String problem = claim(sampler, "group " + group.name(), own);
    Schema schema = group.schema();
    for (List<Member> members : List.of(schema.counters(), schema.gauges(), schema.histograms())) {
      for (int i = 0; problem == null && i < members.size(); i++) {
        Member member = members.get(i);
        problem =
            member.metric() != null && member.metric().startsWith("log_")
                ? member.metric() + ": names that begin with log_ are never exposed"
                : claim(sampler, "member " + member.name(), own);
      }
    }
    return problem;
  }

  private String claim(SamplerSlot sampler, String name, List<String> own) {
    SamplerSlot owner = names.putIfAbsent(name, sampler);
    if (owner == null) {
      own.add(name);
      return null;
    }
    return owner == sampler
        ? name + " is there twice"
        : name + " belongs to sampler " + owner.name() + " of " + owner.bundle();
  }

  private static boolean same(List<Claim> held, List<GroupData> groups) {
    if (held.size() != groups.size()) {
      return false;
    }
    for (int i = 0; i < held.size(); i++) {
      GroupData group = groups.get(i);
      if (held.get(i).schema() != group.schema() || !held.get(i).group().equals(group.name())) {
        return false;
      }
    }
    return true;
  }

  /** What one group holds. */
  private record Claim(String group, Schema schema, List<String> names) {}
}
