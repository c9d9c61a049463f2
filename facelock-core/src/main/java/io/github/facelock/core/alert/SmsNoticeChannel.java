package io.github.facelock.core.alert;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.core.http.SmsGateway;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.NoticeChannel;
import java.util.Locale;
import java.util.Objects;

/** Tells subjects by SMS what happened to their own credentials. Thread-safe. */
public final class SmsNoticeChannel implements NoticeChannel {

  private final SmsGateway gateway;
  private final AlertTemplates templates;

  /**
   * Uses a provider.
   *
   * @param gateway the provider
   * @param templates whose application name is told
   */
  public SmsNoticeChannel(SmsGateway gateway, AlertTemplates templates) {
    this.gateway = Objects.requireNonNull(gateway, "gateway");
    this.templates = Objects.requireNonNull(templates, "templates");
  }

  @Override
  public FactorType addresses() {
    return FactorType.SMS_CODE;
  }

  @Override
  public void notify(Secret destination, Locale locale, AlertMessage message) {
    String text = AlertWords.forSubject(templates, locale, message).brief();
    var unused = gateway.send(destination, text, message.id());
  }
}
