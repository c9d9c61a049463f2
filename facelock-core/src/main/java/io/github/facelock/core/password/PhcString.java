package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash in the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. Read
 * strictly: a string that somebody planted must not ask for gigabytes.
 */
final class PhcString {

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,5}),t=([1-9][0-9]?),p=([1-9])"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final Argon2idCost cost;
  private final byte[] salt;
  private final byte[] hash;

  PhcString(Argon2idCost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt.clone();
    this.hash = hash.clone();
  }

  static PhcString parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw unreadable();
    }
    try {
      return new PhcString(
          new Argon2idCost(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              Integer.parseInt(parts.group(3))),
          Base64.getDecoder().decode(parts.group(4)),
          Base64.getDecoder().decode(parts.group(5)));
    } catch (IllegalArgumentException e) {
      throw unreadable();
    }
  }

  String encoded() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.iterations(),
            cost.parallelism(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  Argon2idCost cost() {
    return cost;
  }

  byte[] salt() {
    return salt.clone();
  }

  byte[] hash() {
    return hash.clone();
  }

  private static FaceLockException.Store unreadable() {
    return new FaceLockException.Store(
        "A stored password hash is no Argon2id string within the limits: it was damaged or planted."
            + " Set the password anew");
  }
}
