package io.github.facelock.core.password;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * bcrypt (Provos and Mazières 1999) in its usual form. Of a text longer than 72 bytes only the
 * first 72 count, as in the systems that such hashes come from; a text with a zero byte is refused,
 * because those systems end there. {@code $2x$} marks a faulty implementation and is not read.
 */
record BcryptHash(String encoded) implements ForeignHash {

  /** 2^14 rounds, about a second; more would let one login hold a processor for long. */
  private static final int MAX_COST = 14;

  private static final int MIN_COST = 4;
  private static final int MAX_BYTES = 72;
  private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

  static Optional<BcryptHash> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int cost = Integer.parseInt(matcher.group(1));
    return cost < MIN_COST || cost > MAX_COST
        ? Optional.empty()
        : Optional.of(new BcryptHash(text));
  }

  @Override
  public boolean matches(byte[] utf8) {
    for (byte b : utf8) {
      if (b == 0) {
        return false;
      }
    }
    return OpenBSDBCrypt.checkPassword(encoded, utf8);
  }

  @Override
  public boolean covers(byte[] utf8) {
    return utf8.length <= MAX_BYTES;
  }

  @Override
  public String encode() {
    return encoded;
  }

  @Override
  public String toString() {
    return "BcryptHash[redacted]";
  }
}
