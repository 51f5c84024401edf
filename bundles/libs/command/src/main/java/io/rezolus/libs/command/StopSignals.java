package io.rezolus.libs.command;

import io.rezolus.core.api.command.ExitCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets SIGINT, SIGTERM and SIGHUP end a recording cleanly; a second one ends the process. Closing
 * restores the handlers there were before.
 */
public final class StopSignals implements AutoCloseable {
  private final Map<Signal, SignalHandler> previous = new LinkedHashMap<>();
  private final StopSwitch stop;
  private final List<Runnable> beforeHalt = new CopyOnWriteArrayList<>();

  public StopSignals(StopSwitch stop) {
    this.stop = stop;
    for (String name : new String[] {"INT", "TERM", "HUP"}) {
      handle(name, this::received);
    }
  }

  /**
   * @param onHangup what SIGHUP asks for instead of the end; called in a thread of its own
   */
  public StopSignals(StopSwitch stop, Runnable onHangup) {
    this.stop = stop;
    handle("INT", this::received);
    handle("TERM", this::received);
    handle("HUP", signal -> onHangup.run());
  }

  private void handle(String name, SignalHandler handler) {
    Signal signal = new Signal(name);
    try {
      SignalHandler before = Signal.handle(signal, handler);
      if (before == SignalHandler.SIG_IGN) {
        // started under nohup or in the background: stay deaf to it
        Signal.handle(signal, before);
      } else {
        previous.put(signal, before);
      }
    } catch (IllegalArgumentException e) {
      // the JVM was told to leave signals alone (-Xrs)
      return;
    }
  }

  /** Adds what must not outlive the process when a second signal cuts the end short. */
  public void beforeHalt(Runnable action) {
    beforeHalt.add(action);
  }

  private void received(Signal signal) {
    if (stop.stopped()) {
      beforeHalt.forEach(Runnable::run);
      Runtime.getRuntime().halt(ExitCode.USAGE);
    }
    stop.stop();
  }

  @Override
  public void close() {
    previous.forEach(Signal::handle);
  }
}
