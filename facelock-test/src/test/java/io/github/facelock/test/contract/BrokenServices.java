package io.github.facelock.test.contract;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.AlertSink;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.AuditLog;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import io.github.facelock.spi.Verification;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Limiters, logs, keys, factors, channels and sinks that break their contract. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // Lost locks are what is shown here.
final class BrokenServices {

  private BrokenServices() {}

  @BrokenImplementations.FailsAt("anUnlockedFactorCanBeTriedAtOnceAndNoOther")
  static class UnlockForgetsAll extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      return new SimpleServices.Limiter(clock) {
        @Override
        public synchronized void unlock(SubjectId subject, FactorType factor) {
          super.unlock(subject, FactorType.PASSWORD);
          super.unlock(subject, FactorType.PIN);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("parallelTriesDoNotPassTheLimitTogether")
  static class ChargeChecksThenCounts extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      Map<String, Integer> counts = new ConcurrentHashMap<>();
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return new SimpleServices.Limiter(clock) {
        @Override
        public Charge charge(Attempt attempt) {
          int count = counts.getOrDefault(key(attempt), 0);
          if (count >= MOST) {
            return new Charge.Blocked(clock.instant().plusSeconds(1));
          }
          meeting.gather();
          counts.put(key(attempt), count + 1);
          return new Charge.Permitted(attempt);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("oneFactorsBlockDoesNotBlockAnother")
  static class OneCountForAllFactors extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      return new SimpleServices.Limiter(clock) {
        @Override
        String key(Attempt attempt) {
          return attempt.claimed().map(SubjectId::value).orElse(attempt.source());
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("aRefundedAttemptDoesNotCount")
  static class RefundDoesNothing extends AttemptLimiterContract {
    @Override
    protected AttemptLimiter newLimiter(Clock clock) {
      return new SimpleServices.Limiter(clock) {
        @Override
        public void refund(Charge.Permitted permitted) {}
      };
    }
  }

  @BrokenImplementations.FailsAt("parallelEventsAreAllKeptOnce")
  static class UnguardedList extends AuditLogContract {
    private volatile List<AuditEvent> events = List.of();

    @Override
    protected AuditLog newLog() {
      events = List.of();
      BrokenImplementations.Meeting meeting = new BrokenImplementations.Meeting();
      return event -> {
        List<AuditEvent> more = new ArrayList<>(events);
        meeting.gather();
        more.add(event);
        events = more;
      };
    }

    @Override
    protected List<AuditEvent> read() {
      return events;
    }
  }

  @BrokenImplementations.FailsAt("unknownNamesHaveNoKey")
  static class OneKeyForAllNames extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      return new SimpleServices.Keys() {
        @Override
        public Optional<SecretKey> key(String id) {
          return super.key("k1");
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("keysAreAesOf256Bits")
  static class ShortKeys extends KeyProviderContract {
    @Override
    protected KeyProvider newProvider() {
      return new SimpleServices.Keys() {
        @Override
        public Optional<SecretKey> key(String id) {
          return super.key(id).map(key -> new SecretKeySpec(new byte[16], "AES"));
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("theRightAnswerIsSpentAlsoUnderParallelTries")
  static class NeverSpent extends RightImplementations.OneWord {
    @Override
    protected Factor newFactor() {
      return new SimpleServices.OneWord() {
        @Override
        public synchronized Verification verify(
            FactorContext context, FactorState state, Response response) {
          spent = false;
          return super.verify(context, state, response);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("anUnknownSubjectIsAskedTheSame")
  static class TellsUnknownSubjects extends RightImplementations.OneWord {
    @Override
    protected Factor newFactor() {
      return new SimpleServices.OneWord() {
        @Override
        public FactorStart start(FactorContext context) {
          return context.subject().isPresent()
              ? super.start(context)
              : FactorStart.stateless(Map.of());
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("anUnknownSubjectIsRefusedWhateverItAnswers")
  static class TrustsTheClaim extends RightImplementations.OneWord {
    @Override
    protected Factor newFactor() {
      return new SimpleServices.OneWord() {
        @Override
        public synchronized Verification verify(
            FactorContext context, FactorState state, Response response) {
          return response.equals(Response.emailCode(WORD))
              ? new Verification.Verified(context.claimed().orElseThrow(), Map.of())
              : new Verification.Refused("word-wrong", Map.of());
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("aDestinationCannotAddAnother")
  static class SplitsLines extends RightImplementations.Channel {
    private final List<Arrival> arrived = new ArrayList<>();

    @Override
    protected OtpChannel newChannel() {
      arrived.clear();
      return new OtpChannel() {
        @Override
        public FactorType factor() {
          return FactorType.EMAIL_CODE;
        }

        @Override
        public SendReceipt send(OtpMessage message) {
          for (String to : new String(message.destination().reveal()).split("\\s|Bcc:", -1)) {
            arrived.add(new Arrival(to, new String(message.code().reveal())));
          }
          return SendReceipt.of(DeliveryStatus.SENT);
        }
      };
    }

    @Override
    protected List<Arrival> arrivals() {
      return arrived;
    }
  }

  @BrokenImplementations.FailsAt("aRefusalIsAFaultOfDeliveryThatTellsNoSecret")
  static class TellsTheDestination extends RightImplementations.Channel {
    @Override
    protected OtpChannel newRefusedChannel() {
      OtpChannel right = super.newRefusedChannel();
      return new OtpChannel() {
        @Override
        public FactorType factor() {
          return right.factor();
        }

        @Override
        public SendReceipt send(OtpMessage message) {
          try {
            return right.send(message);
          } catch (FaceLockException.Delivery e) {
            throw new FaceLockException.Delivery(
                "Cannot reach " + new String(message.destination().reveal()), true, e);
          }
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("theReceiptTellsNeitherDestinationNorCode")
  static class TellsTheCodeInItsReceipt extends RightImplementations.Channel {
    @Override
    protected OtpChannel newChannel() {
      OtpChannel right = super.newChannel();
      return new OtpChannel() {
        @Override
        public FactorType factor() {
          return right.factor();
        }

        @Override
        public SendReceipt send(OtpMessage message) {
          right.send(message);
          return new SendReceipt(
              DeliveryStatus.SENT, Optional.of("m-" + new String(message.code().reveal())));
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("theNameFitsTheAuditTrail")
  static class HasAnUnfitName extends RightImplementations.Channel {
    @Override
    protected OtpChannel newChannel() {
      OtpChannel right = super.newChannel();
      return new OtpChannel() {
        @Override
        public FactorType factor() {
          return right.factor();
        }

        @Override
        public String name() {
          return "My Channel\n";
        }

        @Override
        public SendReceipt send(OtpMessage message) {
          return right.send(message);
        }
      };
    }
  }

  @BrokenImplementations.FailsAt("aCallWithAnotherBodyIsRefused")
  static class BelievesAnySignature extends RightImplementations.Reports {
    @Override
    protected DeliveryReports newReports() {
      return call ->
          call.header("X-Signature")
              .map(
                  given ->
                      new DeliveryReport(Optional.empty(), "m-17", DeliveryStatus.DELIVERED, ""));
    }
  }

  @BrokenImplementations.FailsAt("aRefusalIsAFaultOfDelivery")
  static class SwallowsTheFault extends RightImplementations.Sink {
    @Override
    protected AlertSink newRefusedSink() {
      return message -> {};
    }
  }
}
