package io.github.facelock.core.opencv;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a network camera's address, so that messages can name it without its password. */
final class StreamAddress {

  /** Scheme, then the authority up to the first slash, question mark or hash. */
  private static final Pattern FORM = Pattern.compile("(?is)(rtsps?|https?)://([^/?#]+).*");

  /** Host and port; brackets for IPv6. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

  private StreamAddress() {}

  /**
   * Shortens an address to what may be shown.
   *
   * @param address the URL
   * @return scheme, host and port
   * @throws IllegalArgumentException if it is no URL of a network camera; the message does not
   *     repeat it
   */
  static String shown(String address) {
    Matcher form = FORM.matcher(address);
    if (address.length() > 2048 || !form.matches()) {
      throw new IllegalArgumentException(
          "A network camera's address begins with rtsp://, rtsps://, http:// or https:// and a host");
    }
    String authority = form.group(2);
    // A password may hold an unescaped @, so the host begins after the last one. A slash in a
    // password ends the authority early, and what is left then is no host.
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    boolean clear = address.lastIndexOf('@') < form.end(2) && HOST.matcher(host).matches();
    return form.group(1).toLowerCase(Locale.ROOT) + "://" + (clear ? host : "(host not shown)");
  }
}
