package io.rezolus.core.shell;

import io.rezolus.core.api.snapshot.ProgramStatus;
import io.rezolus.core.api.snapshot.SamplerInventory;
import io.rezolus.core.api.snapshot.SamplerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands that say what each sampler does and why. */
@Component(
    service = SamplerCommands.class,
    property = {
      "osgi.command.scope=rezolus",
      "osgi.command.function=samplers",
      "osgi.command.function=sampler",
      "osgi.command.function=why"
    })
public final class SamplerCommands {
  private final SamplerInventory inventory;

  @Activate
  public SamplerCommands(@Reference SamplerInventory inventory) {
    this.inventory = inventory;
  }

  /** All samplers; the shell prints them as a table, a pipe gets the objects. */
  @Descriptor("every sampler: state, health, duration of the last refresh, bundle and reason")
  public List<SamplerStatus> samplers() {
    return inventory.samplers();
  }

  /** One sampler with its programs. */
  @Descriptor("one sampler with its programs and hooks")
  public SamplerStatus sampler(@Descriptor("its name") String name) {
    return find(inventory, name);
  }

  /** Why a sampler is in the state it is in. */
  @Descriptor("why a sampler runs, or does not")
  public String why(@Descriptor("its name") String name) {
    SamplerStatus sampler = find(inventory, name);
    List<String> reasons = new ArrayList<>();
    if (sampler.reason() != null) {
      reasons.add(sampler.reason());
    }
    for (ProgramStatus program : sampler.programs()) {
      if (program.error() != null && !program.error().equals(sampler.reason())) {
        reasons.add(program.name() + ": " + program.error());
      }
    }
    String state = SamplerTable.verdict(sampler).toLowerCase(Locale.ROOT);
    if (reasons.isEmpty()) {
      return name + " is " + state + ": every part of it collects";
    }
    return name + " is " + state + ": " + String.join("; ", reasons);
  }

  static SamplerStatus find(SamplerInventory inventory, String name) {
    List<String> names = new ArrayList<>();
    for (SamplerStatus sampler : inventory.samplers()) {
      if (sampler.name().equals(name)) {
        return sampler;
      }
      names.add(sampler.name());
    }
    throw new IllegalArgumentException(
        name + ": no such sampler; there are: " + String.join(" ", names));
  }
}
