package io.github.facelock.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many calls that begin at the same moment. */
public final class AtOnce {

  private AtOnce() {}

  /** Runs the calls 0 to count - 1 and gives what they returned, in that order. */
  public static <T> List<T> call(int count, IntFunction<T> call) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      CyclicBarrier begin = new CyclicBarrier(count);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        futures.add(
            threads.submit(
                () -> {
                  begin.await(30, TimeUnit.SECONDS);
                  return call.apply(number);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(30, TimeUnit.SECONDS));
      }
      return results;
    } catch (Exception e) {
      throw new AssertionError("A parallel call failed", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
