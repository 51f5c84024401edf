package io.rezolus.core.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void wrappers_of_the_framework_are_skipped() {
    assertEquals(
        new Reason("BPF object rejected", false),
        Reason.ofTrace(
            "java.lang.reflect.InvocationTargetException\n\tat x\nCaused by:"
                + " io.rezolus.core.bpfhost.BpfException: BPF object rejected\n\tat y\n"
                + "Caused by: java.io.IOException: deeper\n"));
  }

  @Test
  void an_exception_without_a_message_is_told_by_its_kind() {
    assertEquals("NullPointerException", Reason.of(new NullPointerException()));
    assertEquals(
        "NullPointerException", Reason.ofTrace("java.lang.NullPointerException\n\tat x").text());
  }
}
