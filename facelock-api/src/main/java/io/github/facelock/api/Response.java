package io.github.facelock.api;

import io.github.facelock.api.face.Capture;
import java.util.Map;
import java.util.Objects;

/** A person's answer to a step, for one of the factors that it offers. */
public sealed interface Response {

  /**
   * The factor that is answered or chosen.
   *
   * @return the factor
   */
  FactorType factor();

  /**
   * Something typed: a password, a PIN, a code.
   *
   * @param factor the factor
   * @param secret what was typed
   */
  record Text(FactorType factor, Secret secret) implements Response {

    /** Refuses null. */
    public Text {
      Objects.requireNonNull(factor, "factor");
      Objects.requireNonNull(secret, "secret");
    }
  }

  /**
   * Something that the camera saw.
   *
   * @param factor the factor
   * @param capture the frames
   */
  record Frames(FactorType factor, Capture capture) implements Response {

    /** Refuses null. */
    public Frames {
      Objects.requireNonNull(factor, "factor");
      Objects.requireNonNull(capture, "capture");
    }
  }

  /**
   * The person chooses one of several factors; for example, a code is sent now.
   *
   * @param factor the chosen factor
   */
  record Choice(FactorType factor) implements Response {

    /** Refuses null. */
    public Choice {
      Objects.requireNonNull(factor, "factor");
    }
  }

  /**
   * Named texts, for factors that extensions bring. May hold secrets, so it does not print them.
   *
   * @param factor the factor
   * @param fields the texts
   */
  record Fields(FactorType factor, Map<String, String> fields) implements Response {

    /** Copies the map. */
    public Fields {
      Objects.requireNonNull(factor, "factor");
      fields = Map.copyOf(fields);
    }

    @Override
    public String toString() {
      return "Fields[factor=" + factor + ", redacted]";
    }
  }

  /**
   * A password.
   *
   * @param password what was typed
   * @return the response
   */
  static Response password(CharSequence password) {
    return new Text(FactorType.PASSWORD, Secret.of(password));
  }

  /**
   * A PIN.
   *
   * @param pin what was typed
   * @return the response
   */
  static Response pin(CharSequence pin) {
    return new Text(FactorType.PIN, Secret.of(pin));
  }

  /**
   * A code from an authenticator app.
   *
   * @param code what was typed
   * @return the response
   */
  static Response totp(CharSequence code) {
    return new Text(FactorType.TOTP, Secret.of(code));
  }

  /**
   * A code that came by e-mail.
   *
   * @param code what was typed
   * @return the response
   */
  static Response emailCode(CharSequence code) {
    return new Text(FactorType.EMAIL_CODE, Secret.of(code));
  }

  /**
   * A code that came to a telephone.
   *
   * @param code what was typed
   * @return the response
   */
  static Response smsCode(CharSequence code) {
    return new Text(FactorType.SMS_CODE, Secret.of(code));
  }

  /**
   * A code of a counter-based token.
   *
   * @param code what was typed
   * @return the response
   */
  static Response hotp(CharSequence code) {
    return new Text(FactorType.HOTP, Secret.of(code));
  }

  /**
   * One of the recovery codes.
   *
   * @param code what was typed
   * @return the response
   */
  static Response recoveryCode(CharSequence code) {
    return new Text(FactorType.RECOVERY_CODE, Secret.of(code));
  }

  /**
   * A face.
   *
   * @param capture the frames
   * @return the response
   */
  static Response face(Capture capture) {
    return new Frames(FactorType.FACE, capture);
  }
}
