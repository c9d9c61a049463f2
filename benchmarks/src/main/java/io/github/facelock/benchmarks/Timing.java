package io.github.facelock.benchmarks;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.benchmarks.timing.TimingReport;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.otp.CodeSettings;
import io.github.facelock.core.otp.RateLimit;
import io.github.facelock.core.otp.SendBudgets;
import io.github.facelock.core.otp.Totp;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether the time of an answer tells what its text does not.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.github.facelock.benchmarks.Timing 20000
 * }</pre>
 *
 * <p>Whole requests through the public interface in one process, the two classes drawn at random
 * for each sample; so it sees more than a guesser on a network can. Attempts are not limited here,
 * or nothing could be measured. Run it on a machine that does nothing else.
 */
public final class Timing {

  private static final int SUBJECTS = 64;
  private static final int WARM_UP = 20_000;
  private static final String MAIL = "mail";
  private static final long SENDING = 500_000;
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.1");

  private final FaceLock faceLock;
  private final List<String> rightCodes = new ArrayList<>();
  private final SplittableRandom dice = new SplittableRandom(4);

  private Timing() {
    Instant now = Instant.parse("2030-01-01T12:00:10Z");
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    RateLimit unlimited = RateLimit.of(1_000_000, Duration.ofHours(1));
    faceLock =
        FaceLock.builder()
            .policy(Policy.named("timing").step(FactorType.TOTP).step(FactorType.PASSWORD).build())
            .namedPolicy(
                Policy.named(MAIL).step(FactorType.EMAIL_CODE).step(FactorType.PASSWORD).build())
            .codeChannel(new Nowhere())
            .codeSettings(
                CodeSettings.ofDefaults()
                    .with(SendBudgets.ofDefaults().withPersonal(unlimited, unlimited, unlimited)))
            .attemptLimiter(new NoLimit())
            .clock(clock)
            .build();
    for (int i = 0; i < SUBJECTS; i++) {
      SubjectId subject = known(i);
      faceLock.enrolment().register(subject);
      TotpProvisioning totp = faceLock.enrolment().beginTotp(subject, TotpParameters.COMPATIBLE);
      byte[] secret = base32(new String(totp.secret().reveal()));
      Totp codes = new Totp(TotpParameters.COMPATIBLE);
      // The step before is spent for the confirmation; the present one stays right.
      String before = codes.code(secret, now.minusSeconds(30));
      faceLock.enrolment().confirmTotp(subject, totp.credential(), Secret.of(before));
      rightCodes.add(codes.code(secret, now));
      faceLock.enrolment().setEmail(subject, Secret.of("person" + i + "@mail.example"));
    }
  }

  /**
   * Measures and reports; exits with 1 where a difference was found.
   *
   * @param arguments how many samples of each comparison; 20 000 unless given
   */
  public static void main(String[] arguments) {
    int samples = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    Timing timing = new Timing();
    TimingReport report = new TimingReport(WARM_UP, samples, timing.dice);
    report.compare(
        "begin: known / unknown", i -> timing.begin(known(i)), i -> timing.begin(unknown(i)));
    report.compare(
        "wrong code: known / unknown",
        i -> timing.wrong(known(i), timing.differing(i, 5)),
        i -> timing.wrong(unknown(i), timing.differing(i, 5)));
    report.compare(
        "known: code wrong in the first / last digit",
        i -> timing.wrong(known(i), timing.differing(i, 0)),
        i -> timing.wrong(known(i), timing.differing(i, 5)));
    report.compare(
        "unknown: a subject's right code / a wrong one",
        i -> timing.wrong(unknown(i), timing.right(i)),
        i -> timing.wrong(unknown(i), timing.differing(i, 5)));
    report.compare(
        "begin that mails a code: known / unknown",
        i -> timing.beginMail(known(i)),
        i -> timing.beginMail(unknown(i)));
    report.compare(
        "wrong mailed code: known / unknown",
        i -> timing.wrongMailed(known(i), timing.differing(i, 5)),
        i -> timing.wrongMailed(unknown(i), timing.differing(i, 5)));
    timing.faceLock.close();
    System.exit(report.foundAny() ? 1 : 0);
  }

  /** Known and unknown names lie between one another, in whatever order a store keeps them. */
  private static SubjectId known(int i) {
    return SubjectId.of("person-" + (1000 + 2 * (i % SUBJECTS)));
  }

  private static SubjectId unknown(int i) {
    return SubjectId.of("person-" + (1001 + 2 * (i % SUBJECTS)));
  }

  /** The right code, made as a wrong one is: the caches must not tell them apart. */
  private String right(int i) {
    return changed(i, 5, 10 * (1 + dice.nextInt(9)));
  }

  /** The right code with one digit changed. */
  private String differing(int i, int digit) {
    return changed(i, digit, 1 + dice.nextInt(9));
  }

  private String changed(int i, int digit, int by) {
    char[] code = rightCodes.get(i % SUBJECTS).toCharArray();
    code[digit] = (char) ('0' + (code[digit] - '0' + by) % 10);
    return String.valueOf(code);
  }

  private Runnable begin(SubjectId subject) {
    return () -> faceLock.authenticator().begin(subject, REQUEST);
  }

  private Runnable wrong(SubjectId subject, String code) {
    Outcome.Challenge asked = (Outcome.Challenge) faceLock.authenticator().begin(subject, REQUEST);
    Response response = Response.totp(code);
    return () -> faceLock.authenticator().advance(asked.handle(), response, REQUEST);
  }

  private Runnable beginMail(SubjectId subject) {
    pause();
    return () -> faceLock.authenticator().begin(subject, MAIL, REQUEST);
  }

  private Runnable wrongMailed(SubjectId subject, String sixDigits) {
    Outcome.Challenge asked =
        (Outcome.Challenge) faceLock.authenticator().begin(subject, MAIL, REQUEST);
    Response response = Response.emailCode("11" + sixDigits);
    pause();
    return () -> faceLock.authenticator().advance(asked.handle(), response, REQUEST);
  }

  /** Lets the senders of earlier requests come to rest, as they do between a person's requests. */
  private static void pause() {
    long until = System.nanoTime() + 2 * SENDING;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  /** RFC 4648, section 6. */
  private static byte[] base32(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int bits = 0;
    int buffer = 0;
    for (char c : text.replace("=", "").toCharArray()) {
      buffer = (buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c)) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    return bytes.toByteArray();
  }

  /** Takes every code in half a millisecond: faster than any server, slower than a request here. */
  private static final class Nowhere implements OtpChannel {
    @Override
    public FactorType factor() {
      return FactorType.EMAIL_CODE;
    }

    @Override
    public SendReceipt send(OtpMessage message) {
      LockSupport.parkNanos(SENDING);
      return SendReceipt.of(DeliveryStatus.SENT);
    }
  }

  private static final class NoLimit implements AttemptLimiter {
    @Override
    public Charge charge(Attempt attempt) {
      return new Charge.Permitted(attempt);
    }

    @Override
    public void refund(Charge.Permitted permitted) {}

    @Override
    public void succeeded(Charge.Permitted permitted) {}

    @Override
    public void unlock(SubjectId subject, FactorType factor) {}
  }
}
