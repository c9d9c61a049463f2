package io.github.facelock.core.mail;

import java.util.Objects;
import java.util.regex.Pattern;

/** A file that travels with a mail. Immutable; prints its name and size only. */
public final class MailAttachment {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern TYPE = Pattern.compile("[a-z]{1,32}/[a-z0-9.+-]{1,64}");

  private final String name;
  private final String type;
  private final byte[] bytes;

  private MailAttachment(String name, String type, byte[] bytes) {
    this.name = name;
    this.type = type;
    this.bytes = bytes;
  }

  /**
   * A file.
   *
   * @param name its name: 1 to 64 of {@code A-Z a-z 0-9 . _ -}, the first a letter or digit
   * @param type its media type without parameters, for example {@code image/jpeg}
   * @param bytes its contents; copied
   * @return the attachment
   * @throws IllegalArgumentException if name or type are malformed
   */
  public static MailAttachment of(String name, String type, byte[] bytes) {
    if (!NAME.matcher(name).matches() || !TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("An attachment needs a plain file name and a media type");
    }
    return new MailAttachment(name, type, Objects.requireNonNull(bytes, "bytes").clone());
  }

  String name() {
    return name;
  }

  String type() {
    return type;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "MailAttachment[%s, %d bytes]".formatted(name, bytes.length);
  }
}
