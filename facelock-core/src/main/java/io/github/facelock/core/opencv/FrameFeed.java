package io.github.facelock.core.opencv;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.CapturedFrame;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns a reader and answers requests for frames. Only this thread touches native
 * memory, so a caller can give up waiting at any time without freeing what is in use.
 */
final class FrameFeed {

  private static final Logger LOG = LoggerFactory.getLogger(FrameFeed.class);

  private final String name;
  private final boolean live;
  private final FrameReader.Opener opener;
  private final Clock clock;
  private final BackOff backOff;
  private final Thread thread;
  private final CompletableFuture<Instant> opened = new CompletableFuture<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final BlockingQueue<CompletableFuture<Optional<CapturedFrame>>> requests =
      new LinkedBlockingQueue<>();

  /** How the thread ended: with a fault or without. The queue is drained after it is set. */
  private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();

  FrameFeed(String name, boolean live, FrameReader.Opener opener, Clock clock, BackOff backOff) {
    this.name = name;
    this.live = live;
    this.opener = opener;
    this.clock = clock;
    this.backOff = backOff;
    this.thread = new Thread(this::run, "facelock-video");
    this.thread.setDaemon(true);
  }

  /** Opens the reader and waits for it; closes everything when that fails. */
  void start(Duration patience, Duration closePatience) {
    thread.start();
    try {
      opened.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close(closePatience);
      throw new FaceLockException.Camera(
          name
              + " did not open within "
              + patience.toMillis()
              + " ms. Check that it is on and reachable, or allow more time.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FaceLockException fault) {
        throw fault;
      }
      throw new FaceLockException.Camera(name + " cannot be opened", e);
    } catch (InterruptedException e) {
      close(closePatience);
      Thread.currentThread().interrupt();
      throw new FaceLockException.Camera("Interrupted while opening " + name, e);
    }
  }

  /** Asks for the next frame. */
  CompletableFuture<Optional<CapturedFrame>> request() {
    CompletableFuture<Optional<CapturedFrame>> wanted = new CompletableFuture<>();
    requests.add(wanted);
    if (ended.isDone()) {
      answerRest();
    }
    return wanted;
  }

  /** Takes a request back. */
  void withdraw(CompletableFuture<Optional<CapturedFrame>> wanted) {
    wanted.cancel(false);
    requests.removeIf(CompletableFuture::isDone);
  }

  /** Stops the thread, waits for it, and answers what is still asked. */
  void close(Duration patience) {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("{} does not answer; it is released as soon as it does", name);
    }
    end(Optional.empty());
  }

  private void run() {
    try {
      feed();
      end(Optional.empty());
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
      end(Optional.empty());
    } catch (RuntimeException | LinkageError e) {
      end(Optional.of(e));
    }
  }

  private void feed() throws InterruptedException {
    int failures = 0;
    while (!isClosing()) {
      String fault = "connection lost";
      try (FrameReader reader = opener.open()) {
        opened.complete(clock.instant());
        failures = deliver(reader) ? 0 : failures;
      } catch (RuntimeException e) {
        if (!live || !opened.isDone()) {
          throw e;
        }
        // Messages of other origin may hold the address with its password.
        fault = e instanceof FaceLockException ? e.getMessage() : e.getClass().getSimpleName();
      }
      if (!live) {
        return;
      }
      failures++;
      Duration pause = backOff.pause(failures);
      if (!isClosing()) {
        LOG.warn(
            "{} gives no frames ({}); opening it again in {} ms", name, fault, pause.toMillis());
      }
      if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  /** Reads until the frames end; tells whether there was one. */
  private boolean deliver(FrameReader reader) throws InterruptedException {
    boolean delivered = false;
    while (!isClosing()) {
      // A file waits for a request, a camera must be emptied all the time.
      Optional<CompletableFuture<Optional<CapturedFrame>>> request =
          live ? Optional.empty() : Optional.of(requests.take());
      if (!reader.advance()) {
        request.ifPresent(requests::add);
        return delivered;
      }
      delivered = true;
      List<CompletableFuture<Optional<CapturedFrame>>> waiting = new ArrayList<>();
      request.ifPresent(waiting::add);
      if (live) {
        requests.drainTo(waiting);
      }
      if (!waiting.isEmpty()) {
        answer(reader, waiting);
      }
    }
    return delivered;
  }

  private void answer(
      FrameReader reader, List<CompletableFuture<Optional<CapturedFrame>>> waiting) {
    try {
      Optional<CapturedFrame> frame =
          Optional.of(
              CapturedFrame.decoded(live ? sinceOpened() : reader.position(), reader.picture()));
      waiting.forEach(wanted -> wanted.complete(frame));
    } catch (FaceLockException e) {
      waiting.forEach(wanted -> wanted.completeExceptionally(e));
    }
  }

  private Duration sinceOpened() {
    Duration at = Duration.between(opened.join(), clock.instant());
    // The clock may be set back while the camera runs.
    return at.isNegative() ? Duration.ZERO : at;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void end(Optional<Throwable> fault) {
    ended.complete(fault);
    opened.completeExceptionally(
        fault.orElseGet(() -> new FaceLockException.Camera(name + " was closed")));
    answerRest();
  }

  private void answerRest() {
    List<CompletableFuture<Optional<CapturedFrame>>> rest = new ArrayList<>();
    requests.drainTo(rest);
    Optional<Throwable> fault = ended.join();
    for (CompletableFuture<Optional<CapturedFrame>> wanted : rest) {
      fault.ifPresentOrElse(wanted::completeExceptionally, () -> wanted.complete(Optional.empty()));
    }
  }
}
