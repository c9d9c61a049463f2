package io.github.facelock.core.alert;

import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What mails about alerts say, by language. English, Spanish, German, Hindi and Bengali come with
 * FaceLock; own texts go before them: first that of the whole language tag, then that of the
 * language, then that of {@link Locale#ROOT}. Immutable.
 */
public final class AlertTemplates {

  private final String application;
  private final Map<String, AlertTemplate> own;

  private AlertTemplates(String application, Map<String, AlertTemplate> own) {
    this.application = application;
    this.own = Map.copyOf(own);
  }

  /**
   * The texts that come with FaceLock.
   *
   * @param application the name that people know, 1 to 64 characters in one line
   * @return the templates
   * @throws IllegalArgumentException if the name is malformed
   */
  public static AlertTemplates of(String application) {
    if (application.isBlank()
        || application.length() > 64
        || application.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "An application's name has 1 to 64 characters and no control characters");
    }
    return new AlertTemplates(application, Map.of());
  }

  /**
   * The same templates with an own mail for a language.
   *
   * @param locale the language, or {@link Locale#ROOT} for all that have no own text
   * @param template the mail
   * @return the changed templates
   */
  public AlertTemplates with(Locale locale, AlertTemplate template) {
    Map<String, AlertTemplate> changed = new HashMap<>(own);
    changed.put(tag(locale), Objects.requireNonNull(template, "template"));
    return new AlertTemplates(application, changed);
  }

  /**
   * Shows what a mail about an alert would say.
   *
   * @param locale the language
   * @param severity how much it matters
   * @param alert an example
   * @return the mail's words
   */
  public Example example(Locale locale, Alert.Severity severity, Alert alert) {
    AlertWords words =
        AlertWords.forAlert(this, locale, AlertMessage.of("example", alert, severity));
    return new Example(words.language(), words.subject(), words.text());
  }

  /**
   * A mail as it would be sent.
   *
   * @param language in which it is
   * @param subject one line
   * @param text the plain part
   */
  public record Example(Locale language, String subject, String text) {
    /** Refuses null. */
    public Example {
      Objects.requireNonNull(language, "language");
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(text, "text");
    }
  }

  String application() {
    return application;
  }

  Optional<AlertTemplate> own(Locale locale) {
    for (String tag : new String[] {tag(locale), locale.getLanguage(), ""}) {
      if (own.containsKey(tag)) {
        return Optional.of(own.get(tag));
      }
    }
    return Optional.empty();
  }

  private static String tag(Locale locale) {
    return locale.equals(Locale.ROOT) ? "" : locale.toLanguageTag();
  }
}
