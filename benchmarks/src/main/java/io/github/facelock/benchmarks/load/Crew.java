package io.github.facelock.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Threads that do the same again and again until a time is over, all of them in rounds. */
final class Crew {

  private final int threads;
  private final Duration time;

  Crew(int threads, Duration time) {
    this.threads = threads;
    this.time = time;
  }

  /** One thread's part of a round; throws if something did not succeed. */
  @FunctionalInterface
  interface Part {
    void run(int item);
  }

  /**
   * Runs rounds over items, shared out to the threads; the first round is not counted.
   *
   * @param between what is done before each round, by one thread
   */
  Rate run(int items, Runnable between, Part part) {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<long[]> all = new ArrayList<>();
      round(workers, items, between, part);
      long begun = System.nanoTime();
      do {
        all.add(round(workers, items, between, part));
      } while (System.nanoTime() - begun < time.toNanos());
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      return Rate.of(all.stream().flatMapToLong(LongStream::of).toArray(), taken);
    } finally {
      workers.shutdownNow();
    }
  }

  private long[] round(ExecutorService workers, int items, Runnable between, Part part) {
    between.run();
    long[] nanos = new long[items];
    List<Future<?>> parts = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      parts.add(
          workers.submit(
              () -> {
                for (int item = first; item < items; item += threads) {
                  long begun = System.nanoTime();
                  part.run(item);
                  nanos[item] = System.nanoTime() - begun;
                }
              }));
    }
    for (Future<?> each : parts) {
      join(each);
    }
    return nanos;
  }

  private static void join(Future<?> part) {
    try {
      part.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A part of the load failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
