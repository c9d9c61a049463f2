package io.github.facelock.core.alert;

import io.github.facelock.api.Secret;
import io.github.facelock.core.http.SmsGateway;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import java.util.Locale;
import java.util.Objects;

/**
 * Sends alerts to one telephone. Thread-safe. One number for each sink: where one of two fails, the
 * other is not told twice.
 */
public final class SmsAlertSink implements AlertSink {

  private final SmsGateway gateway;
  private final Secret number;
  private final Locale locale;
  private final AlertTemplates templates;

  /**
   * Uses a provider.
   *
   * @param gateway the provider
   * @param number the telephone number in E.164, for example {@code +491701234567}
   * @param locale the language
   * @param templates whose application name is told; own mails are of no meaning here
   */
  public SmsAlertSink(SmsGateway gateway, Secret number, Locale locale, AlertTemplates templates) {
    this.gateway = Objects.requireNonNull(gateway, "gateway");
    this.number = Objects.requireNonNull(number, "number");
    this.locale = Objects.requireNonNull(locale, "locale");
    this.templates = Objects.requireNonNull(templates, "templates");
  }

  @Override
  public void deliver(AlertMessage message) {
    String text = AlertWords.forAlert(templates, locale, message).brief();
    var unused = gateway.send(number, text, message.id());
  }
}
