package io.rezolus.outputs.recorder;

import io.rezolus.core.api.command.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets SIGINT, SIGTERM and SIGHUP end a recording cleanly; a second one ends the process. Closing
 * restores the handlers there were before.
 */
final class StopSignals implements AutoCloseable {
  private final Map<Signal, SignalHandler> previous = new LinkedHashMap<>();
  private final StopSwitch stop;
  private volatile Runnable beforeHalt = () -> {};

  StopSignals(StopSwitch stop) {
    this.stop = stop;
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      Signal signal = new Signal(name);
      try {
        SignalHandler before = Signal.handle(signal, this::received);
        if (before == SignalHandler.SIG_IGN) {
          // started under nohup or in the background: stay deaf to it
          Signal.handle(signal, before);
        } else {
          previous.put(signal, before);
        }
      } catch (IllegalArgumentException e) {
        // the JVM was told to leave signals alone (-Xrs)
        continue;
      }
    }
  }

  /** What must not outlive the process when a second signal cuts the end short. */
  void beforeHalt(Runnable action) {
    beforeHalt = action;
  }

  private void received(Signal signal) {
    if (stop.stopped()) {
      beforeHalt.run();
      Runtime.getRuntime().halt(ExitCode.USAGE);
    }
    stop.stop();
  }

  @Override
  public void close() {
    previous.forEach(Signal::handle);
  }
}
