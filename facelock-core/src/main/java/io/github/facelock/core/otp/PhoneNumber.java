package io.github.facelock.core.otp;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.Set;

/**
 * A telephone number that can take messages, by the number plans that libphonenumber knows. Never
 * prints the number.
 *
 * @param e164 plus sign, country code and number (ITU-T E.164)
 * @param region the country or region, as an ISO 3166 code; {@code 001} for numbers of no country
 */
public record PhoneNumber(String e164, String region) {

  private static final int MAX_LENGTH = 32;
  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  /** Fixed lines take no messages; calls to the others cost their caller, or nobody answers. */
  private static final Set<PhoneNumberType> NO_MESSAGES =
      Set.of(
          PhoneNumberType.FIXED_LINE,
          PhoneNumberType.TOLL_FREE,
          PhoneNumberType.PREMIUM_RATE,
          PhoneNumberType.SHARED_COST,
          PhoneNumberType.UAN,
          PhoneNumberType.VOICEMAIL,
          PhoneNumberType.PAGER);

  /**
   * Reads a number in international form.
   *
   * @param text a plus sign, the country and the number; spaces, hyphens and brackets are accepted
   * @return the number; empty if no number plan has it or it takes no messages
   */
  public static Optional<PhoneNumber> parse(CharSequence text) {
    // Without a default country: a number that lacks its own would go to somebody else.
    return parse(text, "ZZ");
  }

  /**
   * Reads a number as people of one country write it.
   *
   * @param text the number, with or without its country
   * @param region the country where it is written, for example {@code DE}
   * @return the number; empty if no number plan has it or it takes no messages
   */
  public static Optional<PhoneNumber> parse(CharSequence text, String region) {
    if (text.length() > MAX_LENGTH || !isPlain(text)) {
      return Optional.empty();
    }
    try {
      Phonenumber.PhoneNumber parsed = PLANS.parse(text, region);
      if (!PLANS.isValidNumber(parsed)
          || parsed.hasExtension()
          || NO_MESSAGES.contains(PLANS.getNumberType(parsed))) {
        return Optional.empty();
      }
      return Optional.of(
          new PhoneNumber(
              PLANS.format(parsed, PhoneNumberFormat.E164),
              String.valueOf(PLANS.getRegionCodeForNumber(parsed))));
    } catch (NumberParseException e) {
      return Optional.empty();
    }
  }

  /** No letters, which the library would take for the keys of a telephone, and no line ends. */
  private static boolean isPlain(CharSequence text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || " +-()./".indexOf((char) c) >= 0);
  }

  @Override
  public String toString() {
    return "PhoneNumber[" + region + ", redacted]";
  }
}
