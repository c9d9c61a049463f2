package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.mail.SmtpClient;
import io.github.facelock.core.mail.SmtpSettings;
import io.github.facelock.spi.DeliveryStatus;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.OtpMessage;
import io.github.facelock.spi.SendReceipt;
import java.time.Clock;
import java.util.Objects;

/**
 * Mails codes by SMTP (RFC 5321), in English, Spanish, German, Hindi and Bengali. Thread-safe; one
 * connection for each message, for no longer than {@link SmtpSettings.Builder#deliverWithin}. What
 * it throws holds neither address nor code.
 */
public final class SmtpCodeChannel implements OtpChannel {

  private final SmtpClient client;
  private final CodeTemplates templates;

  /**
   * Uses a server, with the texts that come with FaceLock. Connects when the first code is sent.
   *
   * @param settings which server, and how
   * @param clock dates the mails
   */
  public SmtpCodeChannel(SmtpSettings settings, Clock clock) {
    this(settings, CodeTemplates.bundled(), clock);
  }

  /**
   * Uses a server. Connects when the first code is sent.
   *
   * @param settings which server, and how
   * @param templates what mails say
   * @param clock dates the mails
   */
  public SmtpCodeChannel(SmtpSettings settings, CodeTemplates templates, Clock clock) {
    this.client = new SmtpClient(settings, clock);
    this.templates = Objects.requireNonNull(templates, "templates");
  }

  @Override
  public FactorType factor() {
    return FactorType.EMAIL_CODE;
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public SendReceipt send(OtpMessage message) {
    client.send(CodeMails.mail(message, templates, client.application()));
    return SendReceipt.of(DeliveryStatus.SENT);
  }
}
