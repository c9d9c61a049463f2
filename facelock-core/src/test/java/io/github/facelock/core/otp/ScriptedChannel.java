package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A channel that does what its script says, then takes everything. */
final class ScriptedChannel implements OtpChannel {

  static final Consumer<OtpMessage> LATER =
      m -> {
        throw new FaceLockException.Delivery("later", true, new IOException("451"));
      };
  static final Consumer<OtpMessage> NEVER =
      m -> {
        throw new FaceLockException.Delivery("never", false, new IOException("550"));
      };

  private final FactorType factor;
  private final Deque<Consumer<OtpMessage>> script;
  private final List<OtpMessage> taken = new CopyOnWriteArrayList<>();
  private final List<OtpMessage> asked = new CopyOnWriteArrayList<>();

  @SafeVarargs
  @SuppressWarnings("varargs")
  ScriptedChannel(FactorType factor, Consumer<OtpMessage>... script) {
    this.factor = factor;
    this.script = new ArrayDeque<>(List.of(script));
  }

  @Override
  public FactorType factor() {
    return factor;
  }

  @Override
  public SendReceipt send(OtpMessage message) {
    asked.add(message);
    Consumer<OtpMessage> next;
    synchronized (script) {
      next = script.poll();
    }
    if (next != null) {
      next.accept(message);
    }
    taken.add(message);
    return new SendReceipt(DeliveryStatus.QUEUED, Optional.of("ref-1"));
  }

  List<OtpMessage> taken() {
    return taken;
  }

  List<OtpMessage> asked() {
    return asked;
  }
}
