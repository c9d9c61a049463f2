package io.github.facelock.core.otp;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.spi.store.Credential;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The secret part of a TOTP credential: version, state, algorithm, digits, period in seconds, drift
 * of the device in steps (one byte each), the last used time step (eight bytes), the shared secret.
 */
final class TotpSecret {

  /** No step was used yet. */
  static final long NEVER = Long.MIN_VALUE;

  private static final byte VERSION = 2;
  private static final int HEADER = 14;
  private static final int MAX_SECRET = 128;

  /** How many steps a device may be off: ten or twenty minutes. */
  static final int MAX_DRIFT = 20;

  private final boolean active;
  private final Totp totp;
  private final int drift;
  private final long lastStep;
  private final byte[] shared;

  private TotpSecret(boolean active, Totp totp, int drift, long lastStep, byte[] shared) {
    this.active = active;
    this.totp = totp;
    this.drift = drift;
    this.lastStep = lastStep;
    this.shared = shared;
  }

  static TotpSecret pending(TotpParameters parameters, byte[] shared) {
    return new TotpSecret(false, new Totp(parameters), 0, NEVER, shared.clone());
  }

  static TotpSecret of(Credential credential) {
    byte[] bytes = credential.secretData();
    if (bytes.length <= HEADER || bytes.length > HEADER + MAX_SECRET || bytes[0] != VERSION) {
      throw unreadable(credential);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    byte state = in.get();
    byte algorithm = in.get();
    byte digits = in.get();
    byte seconds = in.get();
    byte drift = in.get();
    if (state < 0 || state > 1 || Math.abs(drift) > MAX_DRIFT) {
      throw unreadable(credential);
    }
    TotpParameters parameters;
    try {
      parameters = new TotpParameters(algorithm(algorithm), digits, Duration.ofSeconds(seconds));
    } catch (IllegalArgumentException e) {
      throw unreadable(credential);
    }
    long lastStep = in.getLong();
    byte[] shared = new byte[in.remaining()];
    in.get(shared);
    return new TotpSecret(state == 1, new Totp(parameters), drift, lastStep, shared);
  }

  boolean active() {
    return active;
  }

  /** Active from now on, and used up to a step. */
  TotpSecret usedAt(long step) {
    return new TotpSecret(true, totp, drift, step, shared);
  }

  byte[] encoded() {
    TotpParameters parameters = totp.parameters();
    return ByteBuffer.allocate(HEADER + shared.length)
        .put(VERSION)
        .put((byte) (active ? 1 : 0))
        .put(code(parameters.algorithm()))
        .put((byte) parameters.digits())
        .put((byte) parameters.period().toSeconds())
        .put((byte) drift)
        .putLong(lastStep)
        .put(shared)
        .array();
  }

  /** Tries every step of the window, right or wrong. */
  Match match(String code, Instant now, int skew) {
    long present = totp.step(now) + drift;
    OptionalLong fresh = OptionalLong.empty();
    boolean used = false;
    for (long step = present + skew; step >= present - skew; step--) {
      boolean same = totp.matches(shared, step, code);
      // RFC 6238, section 5.2: a code is accepted once; what lies before it is spent with it.
      boolean unused = step > lastStep;
      if (same && unused) {
        fresh = OptionalLong.of(step);
      }
      used |= same && !unused;
    }
    return new Match(fresh, used);
  }

  /**
   * Finds two codes in a row near now, however far the device was off before (RFC 4226, section
   * 7.4). Tries every step, right or wrong.
   *
   * @return this secret on the device's time, and used up to the second code
   */
  Optional<TotpSecret> resynchronised(String first, String second, Instant now) {
    long present = totp.step(now);
    OptionalLong found = OptionalLong.empty();
    // The second code is the one of now: where it is off by so much, the device is.
    for (long step = present - MAX_DRIFT; step <= present + MAX_DRIFT; step++) {
      boolean one = totp.matches(shared, step - 1, first);
      boolean two = totp.matches(shared, step, second);
      if (one && two && step - 1 > lastStep) {
        found = OptionalLong.of(step);
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    long step = found.getAsLong();
    return Optional.of(new TotpSecret(true, totp, (int) (step - present), step, shared));
  }

  /**
   * What a code is worth.
   *
   * @param fresh the earliest unused step that it belongs to
   * @param used whether it belongs to a used step
   */
  record Match(OptionalLong fresh, boolean used) {}

  static Optional<TotpSecret> ifActive(Credential credential) {
    return Optional.of(of(credential)).filter(TotpSecret::active);
  }

  /** Own codes, so that the order of the constants does not decide what stored secrets mean. */
  private static byte code(TotpParameters.Algorithm algorithm) {
    return switch (algorithm) {
      case SHA1 -> 0;
      case SHA256 -> 1;
      case SHA512 -> 2;
    };
  }

  private static TotpParameters.Algorithm algorithm(byte code) {
    return switch (code) {
      case 0 -> TotpParameters.Algorithm.SHA1;
      case 1 -> TotpParameters.Algorithm.SHA256;
      case 2 -> TotpParameters.Algorithm.SHA512;
      default -> throw new IllegalArgumentException("No such algorithm");
    };
  }

  private static FaceLockException.Store unreadable(Credential credential) {
    return new FaceLockException.Store(
        "TOTP credential "
            + credential.id()
            + " cannot be read: it was damaged or written by a newer version. Remove it and enrol"
            + " the app again");
  }
}
