package io.github.facelock.test;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A mail server or telephone network that delivers to a list. Can fail on request. Thread-safe.
 *
 * <pre>{@code
 * InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);
 * // ... a login that mails a code ...
 * String code = mailbox.awaitCode("alice@example.org");
 * }</pre>
 */
public final class InMemoryMailbox implements OtpChannel {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FactorType factor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<ReceivedCode> received = new ArrayList<>();
  private final List<ReceivedCode> unread = new ArrayList<>();
  private boolean refusing;
  private int failuresLeft;
  private boolean hanging;
  private int waiting;

  /**
   * Makes an empty mail box that accepts.
   *
   * @param factor which factor it serves, for example {@link FactorType#EMAIL_CODE}
   */
  public InMemoryMailbox(FactorType factor) {
    this.factor = Objects.requireNonNull(factor, "factor");
  }

  @Override
  public FactorType factor() {
    return factor;
  }

  @Override
  public SendReceipt send(OtpMessage message) {
    ReceivedCode code =
        new ReceivedCode(
            message.id(),
            new String(message.destination().reveal()),
            new String(message.code().reveal()),
            message.validFor(),
            message.locale());
    lock.lock();
    try {
      while (hanging) {
        waiting++;
        changed.signalAll();
        try {
          changed.await();
        } finally {
          waiting--;
        }
      }
      if (refusing) {
        throw failure(false, "The mail box refuses every message; call accept() to end that");
      }
      if (failuresLeft > 0) {
        failuresLeft--;
        throw failure(true, "The mail box fails this time; " + failuresLeft + " failures are left");
      }
      received.add(code);
      unread.add(code);
      changed.signalAll();
      return SendReceipt.of(DeliveryStatus.DELIVERED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FaceLockException.Delivery(
          "The mail box hung until the sender was interrupted; call accept() to end that", true, e);
    } finally {
      lock.unlock();
    }
  }

  private static FaceLockException.Delivery failure(boolean retryable, String message) {
    return new FaceLockException.Delivery(
        message, retryable, new IllegalStateException("asked for by the test"));
  }

  /** Takes every message from now on, the hanging ones too. This is how a mail box begins. */
  public void accept() {
    change(false, 0, false);
  }

  /** Refuses every message for good (like SMTP 550) until {@link #accept()}. */
  public void refuse() {
    change(true, 0, false);
  }

  /**
   * Fails for a while (like SMTP 451), then accepts.
   *
   * @param times how many messages fail, at least 0
   */
  public void failTimes(int times) {
    if (times < 0) {
      throw new IllegalArgumentException("A mail box fails 0 times or more");
    }
    change(false, times, false);
  }

  /** Keeps every sender waiting until another mode is chosen. */
  public void hang() {
    change(false, 0, true);
  }

  private void change(boolean refuse, int failures, boolean hang) {
    lock.lock();
    try {
      refusing = refuse;
      failuresLeft = failures;
      hanging = hang;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a code, at most ten seconds. Each message is given once, in the order of arrival.
   *
   * @param destination where the code is expected
   * @return the code
   * @throws AssertionError if none comes
   */
  public String awaitCode(String destination) {
    return awaitCode(destination, PATIENCE);
  }

  /**
   * Waits for a code. Each message is given once, in the order of arrival.
   *
   * @param destination where the code is expected
   * @param atMost how long to wait
   * @return the code
   * @throws AssertionError if none comes
   */
  public String awaitCode(String destination, Duration atMost) {
    Objects.requireNonNull(destination, "destination");
    lock.lock();
    try {
      long nanos = atMost.toNanos();
      while (true) {
        for (ReceivedCode code : unread) {
          if (code.destination().equals(destination)) {
            unread.remove(code);
            return code.code();
          }
        }
        if (nanos <= 0) {
          throw new AssertionError(
              "No unread code for %s within %s; %d messages came, for %s"
                  .formatted(
                      destination,
                      atMost,
                      received.size(),
                      received.stream().map(ReceivedCode::destination).distinct().toList()));
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for a code", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, at most ten seconds, until a number of senders hang.
   *
   * @param senders how many
   * @throws AssertionError if they do not come
   */
  public void awaitHanging(int senders) {
    lock.lock();
    try {
      long nanos = PATIENCE.toNanos();
      while (waiting < senders) {
        if (nanos <= 0) {
          throw new AssertionError(
              "%d senders hang, not %d, after %d seconds"
                  .formatted(waiting, senders, TimeUnit.NANOSECONDS.toSeconds(PATIENCE.toNanos())));
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for senders", e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Shows every message that was taken, read or not.
   *
   * @return a copy, in the order of arrival
   */
  public List<ReceivedCode> received() {
    lock.lock();
    try {
      return List.copyOf(received);
    } finally {
      lock.unlock();
    }
  }
}
