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
 * Which sampler owns which group and member name. A group's names are looked at only when its
 * schema is another object than at the last reading, so a steady reading costs one comparison a
 * group.
 */
final class NameClaims {
  private final Map<String, SamplerSlot> groupNames = new HashMap<>();
  private final Map<String, SamplerSlot> memberNames = new HashMap<>();
  private final Map<SamplerSlot, List<Claim>> claims = new IdentityHashMap<>();

  /**
   * Claims the names of a sampler's groups, and gives those free that it no longer has.
   *
   * @return null, or why they cannot be exposed beside those claimed earlier
   */
  String claim(SamplerSlot sampler, List<GroupData> groups) {
    List<Claim> held = claims.computeIfAbsent(sampler, slot -> new ArrayList<>());
    while (held.size() > groups.size()) {
      release(sampler, held.remove(held.size() - 1));
    }
    // first all that changed, since a member may have moved from one group to another
    for (int i = 0; i < held.size(); i++) {
      if (!held.get(i).covers(groups.get(i))) {
        release(sampler, held.set(i, null));
      }
    }
    for (int i = 0; i < groups.size(); i++) {
      if (i < held.size() && held.get(i) != null) {
        continue;
      }
      Claim claim = new Claim(groups.get(i).name(), groups.get(i).schema());
      if (i < held.size()) {
        held.set(i, claim);
      } else {
        held.add(claim);
      }
      String problem = claim(sampler, claim);
      if (problem != null) {
        release(sampler);
        return problem;
      }
    }
    return null;
  }

  /** Gives all names of a sampler free. */
  void release(SamplerSlot sampler) {
    List<Claim> held = claims.remove(sampler);
    if (held != null) {
      held.forEach(claim -> release(sampler, claim));
    }
  }

  private void release(SamplerSlot sampler, Claim claim) {
    if (claim == null) {
      return;
    }
    groupNames.remove(claim.group(), sampler);
    claim.schema().counters().forEach(member -> memberNames.remove(member.name(), sampler));
    claim.schema().gauges().forEach(member -> memberNames.remove(member.name(), sampler));
    claim.schema().histograms().forEach(member -> memberNames.remove(member.name(), sampler));
  }

  private String claim(SamplerSlot sampler, Claim claim) {
    SamplerSlot owner = groupNames.putIfAbsent(claim.group(), sampler);
    if (owner != null) {
      return conflict("group " + claim.group(), owner, sampler);
    }
    String problem = claimMembers(sampler, claim.schema().counters());
    if (problem == null) {
      problem = claimMembers(sampler, claim.schema().gauges());
    }
    return problem == null ? claimMembers(sampler, claim.schema().histograms()) : problem;
  }

  private String claimMembers(SamplerSlot sampler, List<Member> members) {
    for (Member member : members) {
      if (member.metric() != null && member.metric().startsWith("log_")) {
        return member.metric() + ": names that begin with log_ are never exposed";
      }
      SamplerSlot owner = memberNames.putIfAbsent(member.name(), sampler);
      if (owner != null) {
        return conflict("member " + member.name(), owner, sampler);
      }
    }
    return null;
  }

  private static String conflict(String name, SamplerSlot owner, SamplerSlot sampler) {
    return owner == sampler
        ? name + " is there twice"
        : name + " belongs to sampler " + owner.name() + " of " + owner.bundle();
  }

  /** What one group holds. */
  private record Claim(String group, Schema schema) {
    boolean covers(GroupData data) {
      return schema == data.schema() && group.equals(data.name());
    }
  }
}
