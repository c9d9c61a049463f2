package io.github.facelock.core.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Feedback;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.otp.Totp;
import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter.Charge;
import io.github.facelock.test.InMemoryMailbox;
import io.github.facelock.test.MutableClock;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * 10 000 guesses from 100 sources over a week, through the public interface. The bounds are derived
 * in SECURITY.md: a guess of a TOTP code succeeds with 3 in 10^6 at most (six digits, three valid
 * steps), and the limits say how many guesses are judged at all.
 */
class BruteForceTest {

  private static final Instant START = Instant.parse("2030-01-07T00:00:00Z");
  private static final int GUESSES = 10_000;
  private static final int SOURCES = 100;
  private static final Duration BETWEEN = Duration.ofDays(7).dividedBy(GUESSES);
  private static final double PER_GUESS = 3e-6;
  private static final int HARD_CAP = 100;
  private static final SubjectId VICTIM = SubjectId.of("victim");
  private static final String PASSWORD = "correct horse battery staple";

  private final MutableClock clock = MutableClock.at(START);
  private final InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);
  private final FaceLock faceLock =
      FaceLock.builder()
          .policy(
              Policy.named("office")
                  .step(FactorType.TOTP, FactorType.EMAIL_CODE)
                  .step(FactorType.PASSWORD)
                  .build())
          .codeChannel(mailbox)
          .clock(clock)
          .build();
  private final SplittableRandom dice = new SplittableRandom(63);

  @AfterEach
  void close() {
    faceLock.close();
  }

  /** What a guess came to, as the guesser sees it. */
  private enum Seen {
    WRONG,
    LOCKED,
    SUCCESS
  }

  private Seen guess(SubjectId subject, int number) {
    RequestContext request = RequestContext.from("198.51.100." + number % SOURCES);
    Outcome.Challenge challenge =
        (Outcome.Challenge) faceLock.authenticator().begin(subject, request);
    String code = String.format(Locale.ROOT, "%06d", dice.nextInt(1_000_000));
    Outcome outcome =
        faceLock.authenticator().advance(challenge.handle(), Response.totp(code), request);
    return outcome.fold(
        granted -> Seen.SUCCESS,
        next ->
            next.next().number() > 1
                ? Seen.SUCCESS
                : next.next().feedback() instanceof Feedback.FactorLocked
                    ? Seen.LOCKED
                    : Seen.WRONG,
        denied -> Seen.WRONG,
        locked -> Seen.LOCKED);
  }

  private TotpProvisioning enrol(SubjectId subject) {
    assertThat(faceLock.enrolment().register(subject)).isTrue();
    TotpProvisioning totp = faceLock.enrolment().beginTotp(subject, TotpParameters.COMPATIBLE);
    assertThat(
            faceLock.enrolment().confirmTotp(subject, totp.credential(), Secret.of(codeOf(totp))))
        .isTrue();
    return totp;
  }

  private String codeOf(TotpProvisioning totp) {
    return new Totp(TotpParameters.COMPATIBLE)
        .code(base32(new String(totp.secret().reveal())), clock.instant());
  }

  /** RFC 4648, section 6. */
  private static byte[] base32(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int bits = 0;
    int buffer = 0;
    for (char c : text.replace("=", "").replace(" ", "").toCharArray()) {
      buffer = (buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c)) & 0xFFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    return bytes.toByteArray();
  }

  private static double chance(long judged) {
    return 1 - Math.pow(1 - PER_GUESS, (double) judged);
  }

  @Test
  void oneAccountYieldsNoMoreThanItsHardCapAndItsOwnerStillGetsIn() {
    TotpProvisioning totp = enrol(VICTIM);
    faceLock.enrolment().setEmail(VICTIM, Secret.of("victim@example.org"));
    faceLock.enrolment().setPassword(VICTIM, Secret.of(PASSWORD));
    int judged = 0;
    int successes = 0;
    for (int i = 0; i < GUESSES; i++) {
      clock.advance(BETWEEN);
      Seen seen = guess(VICTIM, i);
      judged += seen == Seen.LOCKED ? 0 : 1;
      successes += seen == Seen.SUCCESS ? 1 : 0;
    }

    double bound = chance(HARD_CAP);
    System.out.printf(
        Locale.ROOT,
        "One account: %d of %d guesses judged, success probability %.2e, bound %.2e%n",
        judged,
        GUESSES,
        chance(judged),
        bound);
    assertThat(judged).isEqualTo(HARD_CAP);
    assertThat(chance(judged)).isLessThanOrEqualTo(bound);
    assertThat(successes).isZero();

    RequestContext home = RequestContext.from("203.0.113.5");
    Outcome.Challenge begun = (Outcome.Challenge) faceLock.authenticator().begin(VICTIM, home);
    Outcome locked =
        faceLock.authenticator().advance(begun.handle(), Response.totp(codeOf(totp)), home);
    assertThat(locked).as("the guessed factor stays locked").isInstanceOf(Outcome.Challenge.class);
    Outcome.Challenge other = (Outcome.Challenge) locked;
    assertThat(other.next().feedback()).isInstanceOf(Feedback.FactorLocked.class);
    Outcome.Challenge sent =
        (Outcome.Challenge)
            faceLock
                .authenticator()
                .advance(other.handle(), new Response.Choice(FactorType.EMAIL_CODE), home);
    Outcome.Challenge second =
        (Outcome.Challenge)
            faceLock
                .authenticator()
                .advance(
                    sent.handle(),
                    Response.emailCode(mailbox.awaitCode("victim@example.org")),
                    home);
    assertThat(faceLock.authenticator().advance(second.handle(), Response.password(PASSWORD), home))
        .isInstanceOf(Outcome.Granted.class);
  }

  @Test
  void aThousandAccountsYieldNoMoreThanTheGuessesAndKnownOnesLookLikeUnknown() {
    int accounts = 1000;
    for (int i = 0; i < accounts; i += 2) {
      enrol(SubjectId.of("account" + i));
    }
    clock.advance(Duration.ofMinutes(2));
    int[] judged = new int[accounts];
    List<List<Seen>> seen = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      seen.add(new ArrayList<>());
    }
    for (int i = 0; i < GUESSES; i++) {
      clock.advance(BETWEEN);
      int account = i % accounts;
      Seen one = guess(SubjectId.of("account" + account), i);
      seen.get(account).add(one);
      judged[account] += one == Seen.LOCKED ? 0 : 1;
    }

    long all = 0;
    for (int each : judged) {
      assertThat(each).isLessThanOrEqualTo(HARD_CAP);
      all += each;
    }
    // 100 sources may fail 100 times an hour each: far more than there are guesses here.
    double bound = chance(Math.min(GUESSES, (long) accounts * HARD_CAP));
    System.out.printf(
        Locale.ROOT,
        "%d accounts: %d of %d guesses judged, success probability %.2e, bound %.2e%n",
        accounts,
        all,
        GUESSES,
        chance(all),
        bound);
    assertThat(chance(all)).isLessThanOrEqualTo(bound);
    assertThat(seen.stream().distinct())
        .as("known and unknown accounts answer alike; a success would be one in 33 such weeks")
        .hasSize(1);
  }

  @Test
  void oneSourceThatTriesManyAccountsIsStoppedByItsOwnLimit() {
    RequestContext request = RequestContext.from("198.51.100.250");
    int judged = 0;
    for (int i = 0; i < 1000; i++) {
      clock.advance(Duration.ofSeconds(3));
      Outcome.Challenge challenge =
          (Outcome.Challenge) faceLock.authenticator().begin(SubjectId.of("account" + i), request);
      Outcome outcome =
          faceLock.authenticator().advance(challenge.handle(), Response.totp("123456"), request);
      boolean locked =
          outcome.fold(
              granted -> false,
              next -> next.next().feedback() instanceof Feedback.FactorLocked,
              denied -> false,
              none -> true);
      judged += locked ? 0 : 1;
    }

    // 50 minutes from a full hour: one window.
    assertThat(judged).isEqualTo(100);
  }

  /**
   * A factor that is weak on purpose, one code in 1000, so that the bound can be measured: the
   * share of 4000 guessers who wait whenever they must, and end at the hard cap.
   */
  @Test
  void theMeasuredShareOfLuckyGuessersIsNotAboveTheBound() {
    int guessers = 4000;
    double perGuess = 1e-3;
    int lucky = 0;
    SplittableRandom luck = new SplittableRandom(20300107);
    for (int guesser = 0; guesser < guessers; guesser++) {
      MutableClock time = MutableClock.at(START);
      BackOffLimiter limiter =
          new BackOffLimiter(new MemoryAttemptStore(time), LockoutRules.defaults(), time);
      int source = 0;
      int judged = 0;
      while (true) {
        Attempt attempt =
            new Attempt(FactorType.TOTP, Optional.of(VICTIM), "198.51.100." + source++ % SOURCES);
        Charge charge = limiter.charge(attempt);
        if (charge instanceof Charge.Blocked blocked) {
          if (blocked.until().equals(Instant.MAX)) {
            break;
          }
          time.advance(Duration.between(time.instant(), blocked.until()));
        } else {
          judged++;
          if (luck.nextDouble() < perGuess) {
            lucky++;
            break;
          }
        }
      }
      assertThat(judged).isLessThanOrEqualTo(HARD_CAP);
    }

    double bound = 1 - Math.pow(1 - perGuess, HARD_CAP);
    double measured = (double) lucky / guessers;
    double deviation = Math.sqrt(bound * (1 - bound) / guessers);
    System.out.printf(
        Locale.ROOT, "Weak factor: %.4f of %d guessers, bound %.4f%n", measured, guessers, bound);
    assertThat(measured).isBetween(bound - 3 * deviation, bound + 3 * deviation);
  }
}
