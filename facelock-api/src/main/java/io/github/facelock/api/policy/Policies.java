package io.github.facelock.api.policy;

import io.github.facelock.api.FactorType;
import java.time.Duration;

/** Presets, each with the reason for its numbers. */
public final class Policies {

  private Policies() {}

  /**
   * A web login: password, then face, then a code by authenticator app or e-mail. FMR 1 in 10 000
   * (NIST SP 800-63B-4) and an active challenge, TOTP with one step of skew, as most products
   * accept.
   *
   * @return the policy
   */
  public static Policy web() {
    return Policy.named("web")
        .step(FactorType.PASSWORD)
        .step(FactorType.FACE)
        .step(FactorType.TOTP, FactorType.EMAIL_CODE)
        .build();
  }

  /**
   * A door with a keypad: PIN, then face with an active challenge. Others may stand behind the
   * person, so the largest face counts.
   *
   * @return the policy
   */
  public static Policy door() {
    return Policy.named("door")
        .step(FactorType.PIN)
        .step(FactorType.FACE)
        .severalFaces(SeveralFaces.LARGEST)
        .lifetime(Duration.ofMinutes(1))
        .build();
  }

  /**
   * A door that recognises who comes (identification, 1:N), then asks for the code of an
   * authenticator app.
   *
   * @return the policy
   */
  public static Policy doorByFace() {
    return Policy.named("door-by-face")
        .step(FactorType.FACE)
        .step(FactorType.TOTP)
        .severalFaces(SeveralFaces.LARGEST)
        .lifetime(Duration.ofMinutes(2))
        .build();
  }

  /**
   * Strict: password, face at FMR 1 in 100 000 with a strict active challenge, TOTP that lives 30
   * seconds and no longer (OWASP ASVS 5.0, 6.5.5), no e-mail (6.3.6).
   *
   * @return the policy
   */
  public static Policy highAssurance() {
    return Policy.named("high-assurance")
        .step(FactorType.PASSWORD)
        .step(FactorType.FACE)
        .step(FactorType.TOTP)
        .falseMatchRateOneIn(100_000)
        .liveness(LivenessMode.ACTIVE_STRICT)
        .totpSkew(0)
        .lifetime(Duration.ofMinutes(5))
        .build();
  }
}
