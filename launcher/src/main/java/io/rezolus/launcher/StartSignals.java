package io.rezolus.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What signals do while a process starts: end it, without a word about all that is cut off. What
 * runs then handles signals in its own way.
 */
final class StartSignals {
  private static final int SIGNALLED = 128;

  private final Map<Signal, SignalHandler> usual = new LinkedHashMap<>();
  private final boolean agent;

  /**
   * @param agent for an agent to be interrupted or terminated is a proper end
   */
  StartSignals(boolean agent) {
    this.agent = agent;
    for (String name : new String[] {"HUP", "INT", "TERM"}) {
      Signal signal = new Signal(name);
      SignalHandler before = Signal.handle(signal, this::end);
      if (before == SignalHandler.SIG_IGN) {
        Signal.handle(signal, before);
      } else {
        usual.put(signal, before);
      }
    }
  }

  private void end(Signal signal) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(nowhere);
    System.setErr(nowhere);
    boolean proper = agent && !signal.getName().equals("HUP");
    // removes what was unpacked so far
    Runtime.getRuntime().exit(proper ? 0 : SIGNALLED + signal.getNumber());
  }

  /** The process has started; an agent replaces the handlers itself, so that none is missed. */
  void started() {
    if (!agent) {
      usual.forEach(Signal::handle);
    }
  }
}
