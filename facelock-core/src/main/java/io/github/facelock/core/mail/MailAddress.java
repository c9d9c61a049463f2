package io.github.facelock.core.mail;

import java.util.regex.Pattern;

/**
 * The form of mail addresses that anything goes to: a dot-atom (RFC 5322, section 3.2.3) at a
 * domain of ASCII labels, within the lengths of RFC 5321, section 4.5.3.1. No comments, quotes,
 * address literals or line ends, so that an address is never more than one address.
 */
public final class MailAddress {

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern FORM =
      Pattern.compile(
          "(?=[^@]{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")*");

  private MailAddress() {}

  /**
   * Checks an address.
   *
   * @param text anything
   * @return whether it has the form, and at most 254 characters
   */
  public static boolean isValid(CharSequence text) {
    return text.length() <= 254 && FORM.matcher(text).matches();
  }
}
