package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/**
 * A few native detectors of one kind, because one of them serves one thread at a time. They are
 * made when first needed and released by {@link #close()}. Thread-safe.
 */
final class DetectorPool<T extends Pointer> implements AutoCloseable {

  private final int size;
  private final Supplier<T> factory;
  private final Semaphore free;
  private final Deque<T> idle = new ArrayDeque<>();
  private boolean closed;

  DetectorPool(int size, Supplier<T> factory) {
    if (size < 1 || size > 64) {
      throw new IllegalArgumentException("A pool holds 1 to 64 detectors, not " + size);
    }
    this.size = size;
    this.factory = factory;
    this.free = new Semaphore(size, true);
  }

  /**
   * Lends a detector; waits while all are lent.
   *
   * @param work runs with a detector that no other thread uses
   * @return what the work returns
   * @throws IllegalStateException after {@link #close()}
   */
  <R> R with(Function<T, R> work) {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FaceLockException("Interrupted while waiting for a face detector; try again", e);
    }
    try {
      T detector = take();
      // A detector that failed is not lent again: nobody knows its state.
      boolean sound = false;
      try {
        R result = work.apply(detector);
        sound = true;
        return result;
      } finally {
        if (sound) {
          giveBack(detector);
        } else {
          detector.close();
        }
      }
    } finally {
      free.release();
    }
  }

  private T take() {
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("The face detector was closed");
      }
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return make();
  }

  private T make() {
    // Held once more, so that a PointerScope of the caller does not free it.
    return factory.get().retainReference();
  }

  private void giveBack(T detector) {
    synchronized (idle) {
      idle.push(detector);
    }
  }

  /** Waits for the lent detectors, then releases all. Later calls do nothing. */
  @Override
  public void close() {
    synchronized (idle) {
      if (closed) {
        return;
      }
      closed = true;
    }
    free.acquireUninterruptibly(size);
    try {
      synchronized (idle) {
        idle.forEach(Pointer::close);
        idle.clear();
      }
    } finally {
      free.release(size);
    }
  }
}
