package io.github.facelock.benchmarks.load;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.enrolment.TotpProvisioning;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.face.DuplicateRule;
import io.github.facelock.core.face.EnrolmentRules;
import io.github.facelock.core.otp.Totp;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.test.MutableClock;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whole logins through the public interface, of several people at once. */
public final class Logins {

  private static final String PIN = "739154";
  private static final TotpParameters CODES = TotpParameters.COMPATIBLE;

  private final Target target;
  private final FixedKeys keys;
  private final int people;
  private final Crew crew;

  /**
   * Prepares; enrols nobody yet.
   *
   * @param target the database
   * @param keys seal what is stored
   * @param people how many log in by turns
   * @param threads how many at once
   * @param time for how long
   */
  public Logins(Target target, FixedKeys keys, int people, int threads, Duration time) {
    this.target = target;
    this.keys = keys;
    this.people = people;
    this.crew = new Crew(threads, time);
  }

  /**
   * PIN, then TOTP. By the clock of the load a minute passes from one login of a person to the
   * next.
   *
   * @param costs of the PIN's hash
   * @return how many logins succeeded; all did
   */
  public Rate withCodes(Argon2Parameters costs) {
    MutableClock clock = MutableClock.at(Instant.now());
    try (FaceLock faceLock =
        FaceLock.builder()
            .policy(Policy.named("codes").step(FactorType.PIN).step(FactorType.TOTP).build())
            .clock(clock)
            .keys(keys)
            .passwordCosts(costs)
            .stores(target.stores())
            .build()) {
      List<SubjectId> subjects = register(faceLock, "codes");
      List<byte[]> secrets = new ArrayList<>();
      Totp totp = new Totp(CODES);
      for (SubjectId subject : subjects) {
        TotpProvisioning app = faceLock.enrolment().beginTotp(subject, CODES);
        byte[] secret = base32(new String(app.secret().reveal()));
        String code = totp.code(secret, clock.instant());
        faceLock.enrolment().confirmTotp(subject, app.credential(), Secret.of(code));
        secrets.add(secret);
      }
      return crew.run(
          people,
          () -> clock.advance(Duration.ofMinutes(1)),
          i ->
              login(
                  faceLock,
                  subjects.get(i),
                  Response.totp(totp.code(secrets.get(i), clock.instant()))));
    }
  }

  /**
   * PIN, then a face on one picture of 640 × 480, judged by the bundled models without a challenge.
   *
   * @param costs of the PIN's hash
   * @param picture shows one face
   * @return how many logins succeeded; all did
   */
  public Rate withFaces(Argon2Parameters costs, byte[] picture) {
    Capture capture = Capture.ofImage(picture);
    try (FaceLock faceLock =
        FaceLock.builder()
            .policy(
                Policy.named("faces")
                    .step(FactorType.PIN)
                    .step(FactorType.FACE)
                    .withoutLiveness()
                    .build())
            .clock(MutableClock.at(Instant.now()))
            .keys(keys)
            .passwordCosts(costs)
            .stores(target.stores())
            .enrolmentRules(EnrolmentRules.defaults().with(DuplicateRule.WARN))
            .build()) {
      List<SubjectId> subjects = register(faceLock, "faces");
      for (SubjectId subject : subjects) {
        FaceEnrolment enrolled =
            faceLock.enrolment().enrolFace(subject, capture, Consent.to("load"));
        if (!(enrolled instanceof FaceEnrolment.Enrolled)) {
          throw new IllegalStateException("The face was not enrolled: " + enrolled);
        }
      }
      return crew.run(
          people, () -> {}, i -> login(faceLock, subjects.get(i), Response.face(capture)));
    }
  }

  private List<SubjectId> register(FaceLock faceLock, String group) {
    List<SubjectId> subjects = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      SubjectId subject = SubjectId.of("load %s %d of %d".formatted(group, i, System.nanoTime()));
      faceLock.enrolment().register(subject);
      faceLock.enrolment().setPin(subject, Secret.of(PIN));
      subjects.add(subject);
    }
    return subjects;
  }

  private static void login(FaceLock faceLock, SubjectId subject, Response second) {
    RequestContext request = RequestContext.from("192.0.2.7");
    Outcome outcome = faceLock.authenticator().begin(subject, request);
    for (Response answer : List.of(Response.pin(PIN), second)) {
      if (outcome instanceof Outcome.Challenge asked) {
        outcome = faceLock.authenticator().advance(asked.handle(), answer, request);
      }
    }
    if (!(outcome instanceof Outcome.Granted)) {
      throw new IllegalStateException("A login did not succeed: " + outcome);
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
}
