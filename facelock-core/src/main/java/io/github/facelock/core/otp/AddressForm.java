package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.mail.MailAddress;
import java.nio.CharBuffer;
import java.util.Arrays;

/** The form in which the addresses of a factor are kept. */
final class AddressForm {

  private AddressForm() {}

  /**
   * Checks an address.
   *
   * @return a mail address as it is, a telephone number in E.164, another address as it is
   * @throws IllegalArgumentException if it is no address of the factor; the message does not repeat
   *     it
   */
  static Secret checked(FactorType factor, Secret address) {
    char[] text = address.reveal();
    try {
      CharBuffer view = CharBuffer.wrap(text);
      if (factor.equals(FactorType.SMS_CODE)) {
        return PhoneNumber.parse(view)
            .map(number -> Secret.of(number.e164()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "This is no telephone number that takes messages: a plus sign, the country"
                            + " and the number are needed"));
      }
      if (factor.equals(FactorType.EMAIL_CODE) && !MailAddress.isValid(view)) {
        throw new IllegalArgumentException(
            "This is no mail address that codes can go to: a plain local@domain in ASCII is"
                + " needed");
      }
      return Secret.of(text);
    } finally {
      Arrays.fill(text, '\0');
    }
  }
}
