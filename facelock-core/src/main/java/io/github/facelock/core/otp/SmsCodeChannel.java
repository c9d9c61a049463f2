package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.http.SmsGateway;
import io.github.facelock.core.http.SmsSettings;
import io.github.facelock.spi.DeliveryReport;
import io.github.facelock.spi.DeliveryReports;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.ProviderCall;
import io.github.facelock.spi.SendReceipt;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sends codes to telephones through a provider with Twilio's REST form, in English, Spanish,
 * German, Hindi and Bengali. Thread-safe. What it throws holds neither number nor code.
 *
 * <p>The provider knows no repetitions: where a connection breaks after the request went out, the
 * message may arrive twice, and {@link CodeDispatcher} tries such a one once more at most.
 */
public final class SmsCodeChannel implements OtpChannel, DeliveryReports {

  private static final int MOST_SEGMENTS = 3;
  private static final Map<String, String> LONGEST = Map.of("code", "0000000000", "minutes", "10");

  private final SmsGateway gateway;
  private final String application;
  private final CodeTemplates templates;

  /**
   * Uses an account with the texts that come with FaceLock.
   *
   * @param settings which account, and how
   * @param application the name that messages show: 1 to 64 characters, no control character
   * @throws IllegalArgumentException if the name is malformed
   */
  public SmsCodeChannel(SmsSettings settings, String application) {
    this(settings, application, CodeTemplates.bundled());
  }

  /**
   * Uses an account with own texts.
   *
   * @param settings which account, and how
   * @param application the name that messages show: 1 to 64 characters, no control character
   * @param templates what messages say
   * @throws IllegalArgumentException if the name is malformed, or a text takes more than three
   *     parts on the air, each of which is paid for
   */
  public SmsCodeChannel(SmsSettings settings, String application, CodeTemplates templates) {
    this.gateway = new SmsGateway(Objects.requireNonNull(settings, "settings"));
    this.application = Objects.requireNonNull(application, "application");
    this.templates = Objects.requireNonNull(templates, "templates");
    if (application.isBlank()
        || application.length() > 64
        || application.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "An application's name has 1 to 64 characters and no control characters");
    }
    for (Locale locale : templates.smsLocales()) {
      String longest =
          templates.sms(
              locale,
              Map.of(
                  "app", application,
                  "code", LONGEST.get("code"),
                  "minutes", LONGEST.get("minutes")));
      if (SmsText.segments(longest) > MOST_SEGMENTS) {
        throw new IllegalArgumentException(
            "The message in "
                + locale.toLanguageTag()
                + " takes more than three parts on the air; shorten it, or keep to the GSM alphabet");
      }
    }
  }

  @Override
  public FactorType factor() {
    return FactorType.SMS_CODE;
  }

  @Override
  public String name() {
    return "sms";
  }

  @Override
  public SendReceipt send(OtpMessage message) {
    String text =
        templates.sms(
            message.locale(),
            CodeMail.values(application, new String(message.code().reveal()), message.validFor()));
    return gateway.send(message.destination(), text, message.id());
  }

  @Override
  public Optional<DeliveryReport> read(ProviderCall call) {
    return gateway.read(call);
  }
}
