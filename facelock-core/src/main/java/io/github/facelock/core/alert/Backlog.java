package io.github.facelock.core.alert;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on the outbox that failed, in memory, to be done again in its order. Thread-safe. */
final class Backlog {

  private static final Logger LOG = LoggerFactory.getLogger(AlertDesk.class);

  private static final int MOST = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> backlog = new ArrayDeque<>();
  private long lost;

  /** Does something with the outbox; what fails is kept in memory and done again. */
  void durably(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.error("An alert could not be put into the outbox: {}", AlertCourier.describe(e));
      lock.lock();
      try {
        if (backlog.size() < MOST) {
          backlog.add(work);
        } else {
          lost++;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Does what waits, until something fails again. */
  void drain() {
    while (true) {
      Runnable first;
      lock.lock();
      try {
        if (backlog.isEmpty()) {
          return;
        }
        first = backlog.removeFirst();
      } finally {
        lock.unlock();
      }
      try {
        first.run();
      } catch (RuntimeException | Error e) {
        lock.lock();
        try {
          backlog.addFirst(first);
        } finally {
          lock.unlock();
        }
        return;
      }
    }
  }

  int size() {
    lock.lock();
    try {
      return backlog.size();
    } finally {
      lock.unlock();
    }
  }

  /** How much there was no room for. */
  long lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }
}
