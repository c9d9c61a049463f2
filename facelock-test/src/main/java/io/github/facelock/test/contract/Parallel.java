package io.github.facelock.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Makes calls at the same moment, each on a thread of its own. */
final class Parallel {

  static final int CALLS = 100;

  private static final long PATIENCE_SECONDS = 120;

  private Parallel() {}

  /** Gives each call its number from 0; the results are in the order of the numbers. */
  static <T> List<T> call(int calls, IntFunction<T> call) {
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    try {
      CountDownLatch ready = new CountDownLatch(calls);
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        int number = i;
        futures.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  start.await();
                  return call.apply(number);
                }));
      }
      ready.await();
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("A parallel call failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("A parallel call does not return", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  static void run(int calls, IntConsumer call) {
    List<Boolean> done =
        call(
            calls,
            number -> {
              call.accept(number);
              return true;
            });
    if (done.size() != calls) {
      throw new AssertionError("Some calls did not return");
    }
  }
}
