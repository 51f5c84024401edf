package io.rezolus.core.bpfhost;

import io.rezolus.core.api.sampler.UnsupportedException;

/**
 * Loads BPF objects on behalf of the bundle that asks for this service. Everything it opened for a
 * bundle is closed when the bundle stops, whatever the bundle itself forgot.
 */
public interface BpfHost {

  /**
   * Opens, loads and attaches an object from the requesting bundle's resources.
   *
   * <p>If this bundle, or the version of it that is being updated, has an object of the same name
   * with the same map layout, its maps and entry programs are taken over: the new programs replace
   * the running ones between two events and every counter keeps its value. Otherwise the maps start
   * at zero.
   *
   * @throws UnsupportedException this kernel or privilege cannot run BPF at all
   * @throws BpfException the object was refused; the message carries the verifier's last words
   */
  BpfObject load(BpfObjectSpec spec) throws BpfException, UnsupportedException;

  /** Highest possible CPU id + 1, from {@code /sys/devices/system/cpu/possible}; 1..1024. */
  int possibleCpus();

  /**
   * Number of threads with high ids that a {@link TaskTable} has room for; the same as long as the
   * kernel runs, so that a new version of a bundle can take over the maps.
   */
  int highTasks();
}
