package io.github.facelock.examples.quickstart;

import io.github.facelock.api.FactorType;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes the place of a mail server: an own channel is one class with two methods. */
final class MailBox implements OtpChannel {

  private final BlockingQueue<String> codes = new LinkedBlockingQueue<>();

  @Override
  public FactorType factor() {
    return FactorType.EMAIL_CODE;
  }

  @Override
  public SendReceipt send(OtpMessage message) {
    codes.add(new String(message.code().reveal()));
    return SendReceipt.of(DeliveryStatus.DELIVERED);
  }

  /** Waits for the mail, which comes from another thread, and reads the code in it. */
  String nextCode() {
    try {
      String code = codes.poll(10, TimeUnit.SECONDS);
      if (code == null) {
        throw new IllegalStateException("No mail came within ten seconds");
      }
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the mail", e);
    }
  }
}
