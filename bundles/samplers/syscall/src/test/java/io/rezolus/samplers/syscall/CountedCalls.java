package io.rezolus.samplers.syscall;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rezolus.core.api.metric.Member;
import io.rezolus.core.api.sampler.UnsupportedException;
import io.rezolus.core.api.snapshot.GroupData;
import io.rezolus.test.kernel.CpuCgroup;
import io.rezolus.test.kernel.MissedRuns;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What the sampler says now of the calls that were entered, by class. */
record CountedCalls(SyscallPrograms programs, SyscallCountsSampler sampler) {
  static final String VARIANT = "REZOLUS_BPF_VARIANT";

  /** Starts the sampler with programs of this kind, or skips the test where it cannot. */
  static CountedCalls start(SyscallPrograms programs, String variant) throws Exception {
    System.setProperty(VARIANT, "*=" + variant);
    try {
      return new CountedCalls(programs, new SyscallCountsSampler(programs));
    } catch (UnsupportedException e) {
      assumeTrue(!e.getMessage().contains("this kernel lacks a helper"), e.getMessage());
      throw e;
    }
  }

  /** Entries that no program has seen, as the sampler says. */
  long missed() throws IOException {
    long missed = programs.cost(SyscallFeature.COUNTS).missed();
    assertTrue(missed <= MissedRuns.total(), missed + ": more than the kernel says");
    return missed;
  }

  long[] totals() {
    sampler.refresh();
    return values(sampler.groups().get(0), 0);
  }

  long[] inCgroup(CpuCgroup cgroup) {
    sampler.refresh();
    int position = position(cgroup);
    assertTrue(position >= 0, cgroup.label() + " is not exposed");
    return values(sampler.groups().get(1), position);
  }

  private static long[] values(GroupData data, int from) {
    long[] values = new long[SyscallClass.COUNT];
    Arrays.setAll(values, i -> data.counter(from + i));
    return values;
  }

  String id(CpuCgroup cgroup) {
    return sampler.groups().get(1).schema().counters().get(position(cgroup)).labels().get("id");
  }

  /** Of its first member among those of all cgroups, or -1. */
  int position(CpuCgroup cgroup) {
    List<Member> members = sampler.groups().get(1).schema().counters();
    String name = cgroup.label();
    for (int i = 0; i < members.size(); i += SyscallClass.COUNT) {
      if (name.equals(members.get(i).labels().get("name"))) {
        return i;
      }
    }
    return -1;
  }
}
