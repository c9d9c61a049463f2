package io.github.facelock.core.risk;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An internet address, read without asking a name server: version 4 in four decimal parts, version
 * 6 as RFC 4291, section 2.2, writes it. A version 4 address inside version 6 ({@code
 * ::ffff:192.0.2.7}) is the version 4 address. Immutable.
 */
final class IpAddress {

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads an address.
   *
   * @param text may have brackets and a zone ({@code [fe80::1%eth0]})
   * @return the address; empty if the text is none
   */
  static Optional<IpAddress> parse(String text) {
    String bare = text.strip();
    if (bare.startsWith("[") && bare.endsWith("]")) {
      bare = bare.substring(1, bare.length() - 1);
    }
    if (bare.indexOf(':') < 0) {
      return version4(bare).map(IpAddress::new);
    }
    int zone = bare.indexOf('%');
    return version6(zone < 0 ? bare : bare.substring(0, zone)).map(IpAddress::of);
  }

  private static IpAddress of(byte[] sixteen) {
    for (int i = 0; i < 10; i++) {
      if (sixteen[i] != 0) {
        return new IpAddress(sixteen);
      }
    }
    boolean mapped = sixteen[10] == -1 && sixteen[11] == -1;
    return new IpAddress(mapped ? Arrays.copyOfRange(sixteen, 12, 16) : sixteen);
  }

  private static Optional<byte[]> version4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      // No leading zeros: some programs read them as octal.
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return Optional.of(bytes);
  }

  private static Optional<byte[]> version6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<byte[]> head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
    Optional<byte[]> tail = groups(gap < 0 ? "" : text.substring(gap + 2), true);
    if (head.isEmpty() || tail.isEmpty()) {
      return Optional.empty();
    }
    int known = head.get().length + tail.get().length;
    if (gap < 0 ? known != 16 : known > 14) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOf(head.get(), 16);
    System.arraycopy(tail.get(), 0, bytes, 16 - tail.get().length, tail.get().length);
    return Optional.of(bytes);
  }

  /** Groups of four hexadecimal digits; the last may be a version 4 address. */
  private static Optional<byte[]> groups(String text, boolean last) {
    if (text.isEmpty()) {
      return Optional.of(new byte[0]);
    }
    String[] parts = text.split(":", -1);
    byte[] bytes = new byte[2 * parts.length + 2];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      if (last && i == parts.length - 1 && parts[i].indexOf('.') > 0) {
        Optional<byte[]> four = version4(parts[i]);
        if (four.isEmpty()) {
          return Optional.empty();
        }
        System.arraycopy(four.get(), 0, bytes, length, 4);
        length += 4;
      } else if (parts[i].matches("[0-9A-Fa-f]{1,4}")) {
        int group = Integer.parseInt(parts[i], 16);
        bytes[length++] = (byte) (group >> 8);
        bytes[length++] = (byte) group;
      } else {
        return Optional.empty();
      }
    }
    return length > 16 ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, length));
  }

  /** 32 or 128. */
  int bits() {
    return 8 * bytes.length;
  }

  /**
   * The first bits, the others zero.
   *
   * @param bits 0 to {@link #bits()}
   */
  IpAddress masked(int bits) {
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.max(0, Math.min(8, bits - 8 * i));
      masked[i] &= (byte) (0xFF << (8 - kept));
    }
    return new IpAddress(masked);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpAddress that && Arrays.equals(that.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Hexadecimal; for hashing and comparing, not for people. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
