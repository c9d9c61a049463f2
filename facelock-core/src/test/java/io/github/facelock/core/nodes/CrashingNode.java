package io.github.facelock.core.nodes;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.alert.AlertSettings;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.otp.Base32;
import io.github.facelock.core.otp.Totp;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.store.Stores;
import io.github.facelock.test.MutableClock;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A process that enrols people, logs them in, erases some, rotates keys and sends alerts until it
 * is killed, and tells a line for each thing <em>after</em> it was promised.
 */
final class CrashingNode {

  static final String PIN = "739154";
  static final RequestContext REQUEST = RequestContext.from("192.0.2.7");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final MutableClock clock;
  private final FaceLock faceLock;
  private final String run;
  private final AtomicLong number = new AtomicLong();

  private CrashingNode(Stores stores, int run) {
    this.run = "r" + run;
    this.clock = MutableClock.at(timeOf(run));
    this.faceLock = open(stores, clock, run, told -> out.println("delivered " + told));
  }

  /** Each run begins a day after the one before: no code of one is a code of another. */
  static Instant timeOf(int run) {
    return Instant.parse("2030-01-01T00:00:00Z").plus(Duration.ofDays(run));
  }

  /** Every run names another one of two keys as current. Alerts are known by their source. */
  static FaceLock open(Stores stores, MutableClock clock, int run, Consumer<String> told) {
    Map<String, SecretKey> keys = Map.of("k0", key(10), "k1", key(11));
    return FaceLock.builder()
        .policy(Policy.named("door").step(FactorType.PIN).step(FactorType.TOTP).build())
        .keys(new FixedKeys("k" + run % 2, keys))
        .passwordCosts(new Argon2Parameters(8, 1, 1))
        .clock(clock)
        .stores(stores)
        .alerts(AlertSettings.ofDefaults().stormCap(10_000, Duration.ofSeconds(1)))
        .alertSink(message -> told.accept(message.alert().source()))
        .build();
  }

  private static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) fill;
    bytes[31] = 1;
    return new SecretKeySpec(bytes, "AES");
  }

  static void work(Stores stores, int run) {
    CrashingNode node = new CrashingNode(stores, run);
    node.out.println("ready");
    Thread people = new Thread(node::people);
    Thread alerts = new Thread(node::alerts);
    Thread keys = new Thread(node::keys);
    people.start();
    alerts.start();
    keys.start();
    join(people);
    join(alerts);
    join(keys);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void people() {
    while (true) {
      String name = run + "-" + number.incrementAndGet();
      SubjectId subject = SubjectId.of(name);
      out.println("begun " + name);
      faceLock.enrolment().register(subject);
      faceLock.enrolment().setPin(subject, Secret.of(PIN));
      TotpProvisioning app = faceLock.enrolment().beginTotp(subject, TotpParameters.COMPATIBLE);
      byte[] secret = Base32.decode(new String(app.secret().reveal())).orElseThrow();
      faceLock
          .enrolment()
          .confirmTotp(subject, app.credential(), Secret.of(code(secret, clock.instant())));
      out.println("enrolled " + name + " " + HexFormat.of().formatHex(secret));
      for (int login = 0; login < 3; login++) {
        clock.advance(Duration.ofSeconds(90));
        Instant now = clock.instant();
        out.println("sends " + name + " " + now);
        if (login(faceLock, subject, code(secret, now))) {
          out.println("spent " + name + " " + now);
        }
      }
      if (number.get() % 3 == 0) {
        out.println("erases " + name);
        faceLock.enrolment().erase(subject);
        out.println("erased " + name);
      }
    }
  }

  private void alerts() {
    for (int i = 0; ; i++) {
      String source = run + "-alert-" + i;
      faceLock
          .alerts()
          .raise(
              new Alert(
                  clock.instant(),
                  Alert.Cause.SENSOR,
                  Optional.empty(),
                  Optional.empty(),
                  source,
                  Map.of()));
      out.println("promised " + source);
      LockSupport.parkNanos(5_000_000); // A busy door, not a denial of service.
    }
  }

  private void keys() {
    while (true) {
      faceLock.keyRotation().step(3);
      LockSupport.parkNanos(5_000_000); // The pace of a background job.
    }
  }

  static boolean login(FaceLock faceLock, SubjectId subject, String code) {
    Outcome outcome = faceLock.authenticator().begin(subject, REQUEST);
    if (outcome instanceof Outcome.Challenge pin) {
      outcome = faceLock.authenticator().advance(pin.handle(), Response.pin(PIN), REQUEST);
    }
    if (outcome instanceof Outcome.Challenge totp) {
      outcome = faceLock.authenticator().advance(totp.handle(), Response.totp(code), REQUEST);
    }
    return outcome instanceof Outcome.Granted;
  }

  static String code(byte[] secret, Instant at) {
    return new Totp(TotpParameters.COMPATIBLE).code(secret, at);
  }
}
