package io.rezolus.core.bpfhost.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rezolus.core.api.sampler.UnsupportedException;
import org.junit.jupiter.api.Test;

class ProvenKernelTest {
  @Test
  void a_kernel_before_the_first_proven_one_is_refused_with_the_way_out() {
    for (String release : new String[] {"5.9.16", "5.4.0-200-generic", "4.19"}) {
      Exception refusal =
          assertThrows(
              UnsupportedException.class,
              () -> ProvenKernel.require(KernelRelease.of(release), false));
      assertTrue(refusal.getMessage().startsWith("kernel " + release), refusal.getMessage());
      assertTrue(refusal.getMessage().contains(ProvenKernel.OVERRIDE), refusal.getMessage());
    }
  }

  @Test
  void proven_kernels_and_an_operator_who_insists_pass() {
    assertDoesNotThrow(
        () -> ProvenKernel.require(KernelRelease.of("5.10.0-32-cloud-amd64"), false));
    assertDoesNotThrow(() -> ProvenKernel.require(KernelRelease.of("6.1.0-50-cloud-amd64"), false));
    assertDoesNotThrow(() -> ProvenKernel.require(KernelRelease.of("6.18.44"), false));
    assertDoesNotThrow(() -> ProvenKernel.require(KernelRelease.of("7.2.13"), false));
    assertDoesNotThrow(() -> ProvenKernel.require(KernelRelease.of("5.4.0"), true));
    assertDoesNotThrow(() -> ProvenKernel.require(KernelRelease.of("unknown"), false));
  }
}
