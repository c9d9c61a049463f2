package io.github.facelock.core.password;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * scrypt (RFC 7914) as a PHC string: {@code $scrypt$ln=15,r=8,p=1$salt$hash}, the last two in
 * base64 without padding.
 */
final class ScryptHash implements ForeignHash {

  private static final int MIN_LOG_N = 10;
  private static final int MAX_LOG_N = 17;
  private static final int MAX_R = 16;
  private static final int MAX_P = 4;

  /** As for Argon2id. */
  private static final long MAX_MEMORY = 128L << 20;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$scrypt\\$ln=([1-9][0-9]?),r=([1-9][0-9]?),p=([1-9])"
              + "\\$([A-Za-z0-9+/]{1,88})\\$([A-Za-z0-9+/]{1,88})");

  private final int logN;
  private final int r;
  private final int p;
  private final byte[] salt;
  private final byte[] hash;

  private ScryptHash(int logN, int r, int p, byte[] salt, byte[] hash) {
    this.logN = logN;
    this.r = r;
    this.p = p;
    this.salt = salt;
    this.hash = hash;
  }

  /** Empty if a value is out of its bounds. */
  static Optional<ScryptHash> of(int logN, int r, int p, byte[] salt, byte[] hash) {
    boolean bounded =
        logN >= MIN_LOG_N
            && logN <= MAX_LOG_N
            && r >= 1
            && r <= MAX_R
            && p >= 1
            && p <= MAX_P
            && ((128L * r) << logN) <= MAX_MEMORY
            && salt.length >= 1
            && salt.length <= Pbkdf2Hash.MAX_SALT
            && hash.length >= Pbkdf2Hash.MIN_HASH
            && hash.length <= Pbkdf2Hash.MAX_HASH;
    return bounded
        ? Optional.of(new ScryptHash(logN, r, p, salt.clone(), hash.clone()))
        : Optional.empty();
  }

  static Optional<ScryptHash> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Base64.Decoder base64 = Base64.getDecoder();
      return of(
          Integer.parseInt(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)),
          base64.decode(matcher.group(4)),
          base64.decode(matcher.group(5)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean matches(byte[] utf8) {
    return MessageDigest.isEqual(hash, SCrypt.generate(utf8, salt, 1 << logN, r, p, hash.length));
  }

  @Override
  public String encode() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$scrypt$ln=%d,r=%d,p=%d$%s$%s"
        .formatted(logN, r, p, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  @Override
  public String toString() {
    return "ScryptHash[" + logN + ", " + r + ", " + p + ", redacted]";
  }
}
