package io.rezolus.core.shell;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import javax.management.JMException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when more than half of the heap for long-lived objects is in use, which the agent itself
 * does not need. Something a person typed must not end the agent for want of memory.
 */
final class MemoryGuard implements AutoCloseable, NotificationListener {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryGuard.class);
  private static final double SHARE = 0.5;

  private final Runnable alarm;
  private final NotificationEmitter memory =
      (NotificationEmitter) ManagementFactory.getMemoryMXBean();

  /**
   * @param alarm called by a thread of the virtual machine
   */
  MemoryGuard(Runnable alarm) {
    this.alarm = alarm;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      // of the heap's pools only the one of old objects takes a threshold
      if (pool.getType() == MemoryType.HEAP
          && pool.isUsageThresholdSupported()
          && pool.getUsage().getMax() > 0) {
        pool.setUsageThreshold((long) (pool.getUsage().getMax() * SHARE));
      }
    }
    memory.addNotificationListener(this, null, null);
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    if (notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED)) {
      alarm.run();
    }
  }

  @Override
  public void close() {
    try {
      memory.removeNotificationListener(this);
    } catch (JMException e) {
      LOG.debug("memory guard: {}", e.getMessage());
    }
  }
}
