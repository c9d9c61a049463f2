package io.github.facelock.spi;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import java.util.Locale;

/**
 * Tells subjects what happened to their own account: by mail, by SMS. Thread-safe. Called from a
 * delivery thread. After a crash a message may come once more, with the same {@link
 * AlertMessage#id()}.
 */
public interface NoticeChannel {

  /**
   * Tells whose addresses this channel uses.
   *
   * @return {@link FactorType#EMAIL_CODE} for mail addresses, {@link FactorType#SMS_CODE} for
   *     telephone numbers
   */
  FactorType addresses();

  /**
   * Hands a notice over, within a bounded time.
   *
   * @param destination where to; no log and no exception repeats it
   * @param locale the language
   * @param message what happened; no link and no picture is with it
   * @throws io.github.facelock.api.FaceLockException.Delivery if it could not be handed over
   */
  void notify(Secret destination, Locale locale, AlertMessage message);
}
