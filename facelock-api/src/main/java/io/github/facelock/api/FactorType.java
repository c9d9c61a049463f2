package io.github.facelock.api;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names a kind of evidence that a step may ask for. The constants are built in; an extension makes
 * its own with {@link #of}. Two types with the same id are equal.
 *
 * <p>Immutable.
 */
public final class FactorType {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Pattern AMR = Pattern.compile("[a-z][a-z0-9_-]{0,15}");

  /** A memorised password. */
  public static final FactorType PASSWORD = new FactorType("password", FactorKind.KNOWLEDGE, "pwd");

  /** A short numeric secret. */
  public static final FactorType PIN = new FactorType("pin", FactorKind.KNOWLEDGE, "pin");

  /** The person's face. */
  public static final FactorType FACE = new FactorType("face", FactorKind.INHERENCE, "face");

  /** A time-based one-time code (RFC 6238). */
  public static final FactorType TOTP = new FactorType("totp", FactorKind.POSSESSION, "otp");

  /** A code that is sent by e-mail. */
  public static final FactorType EMAIL_CODE =
      new FactorType("email-code", FactorKind.POSSESSION, "otp");

  /** A code that is sent to a telephone. */
  public static final FactorType SMS_CODE =
      new FactorType("sms-code", FactorKind.POSSESSION, "sms");

  /** A counter-based one-time code (RFC 4226), for example of a key fob. */
  public static final FactorType HOTP = new FactorType("hotp", FactorKind.POSSESSION, "otp");

  /** One of a list of codes that work once each (NIST SP 800-63B-4, section 3.1.2). */
  public static final FactorType RECOVERY_CODE =
      new FactorType("recovery-code", FactorKind.POSSESSION, "otp");

  private static final Map<String, FactorType> BUILT_IN =
      Stream.of(PASSWORD, PIN, FACE, TOTP, EMAIL_CODE, SMS_CODE, HOTP, RECOVERY_CODE)
          .collect(Collectors.toUnmodifiableMap(FactorType::id, type -> type));

  private final String id;
  private final FactorKind kind;
  private final String amr;

  private FactorType(String id, FactorKind kind, String amr) {
    this.id = id;
    this.kind = kind;
    this.amr = amr;
  }

  /**
   * Makes a type.
   *
   * @param id lower-case letters, digits and hyphens, at most 32 characters; stored with
   *     credentials and in the audit trail, so it must stay the same
   * @param kind what the factor rests on
   * @param amr the authentication method reference of RFC 8176 that a proof names, for example
   *     {@code otp}
   * @return the type
   * @throws IllegalArgumentException if the id or the amr value is malformed, or the id is a
   *     built-in type's and the rest is not
   */
  public static FactorType of(String id, FactorKind kind, String amr) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "A factor id has 1 to 32 lower-case letters, digits or hyphens and begins with a letter");
    }
    if (!AMR.matcher(amr).matches()) {
      throw new IllegalArgumentException("An amr value has 1 to 16 lower-case letters or digits");
    }
    Objects.requireNonNull(kind, "kind");
    FactorType builtIn = BUILT_IN.get(id);
    if (builtIn == null) {
      return new FactorType(id, kind, amr);
    }
    // Types are equal by id: a "face" that calls itself a possession would pass a face-only policy.
    if (builtIn.kind != kind || !builtIn.amr.equals(amr)) {
      throw new IllegalArgumentException(
          "Factor " + id + " is built in as " + builtIn.kind + "; choose another id");
    }
    return builtIn;
  }

  /**
   * Tells the stable name.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * Tells what the factor rests on.
   *
   * @return the kind
   */
  public FactorKind kind() {
    return kind;
  }

  /**
   * Tells the method reference for proofs (RFC 8176).
   *
   * @return the amr value
   */
  public String amr() {
    return amr;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FactorType that && that.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
