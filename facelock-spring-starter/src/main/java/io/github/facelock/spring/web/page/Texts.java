package io.github.facelock.spring.web.page;

import java.text.MessageFormat;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * The sentences of pages and problems in English, Spanish, German, Hindi and Bengali; an
 * application's own go before them. Thread-safe.
 */
public final class Texts {

  /** The languages that have texts, English first. */
  public static final List<Locale> LANGUAGES =
      List.of(
          Locale.ENGLISH,
          Locale.forLanguageTag("es"),
          Locale.GERMAN,
          Locale.forLanguageTag("hi"),
          Locale.forLanguageTag("bn"));

  private final ResourceBundleMessageSource source = new ResourceBundleMessageSource();

  /**
   * Reads the texts.
   *
   * @param own the base name of the application's own texts, for example {@code
   *     shop/facelock-messages}
   */
  public Texts(Optional<String> own) {
    own.ifPresent(source::addBasenames);
    source.addBasenames("facelock/messages", "facelock/messages-me", "facelock/messages-admin");
    source.setDefaultEncoding("UTF-8");
    // English for everybody else, not the server's own language.
    source.setFallbackToSystemLocale(false);
  }

  /**
   * A text.
   *
   * @param key lower case with hyphens
   * @param locale the person's
   * @param arguments for {@code {0}}, {@code {1}}
   * @return the text
   * @throws IllegalArgumentException if there is none
   */
  public String text(String key, Locale locale, Object... arguments) {
    String pattern =
        find(key, locale)
            .orElseThrow(() -> new IllegalArgumentException("There is no text " + key));
    return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
  }

  /**
   * A text that may be missing.
   *
   * @param key lower case with hyphens
   * @param locale the person's
   * @return the text, if there is one
   */
  public Optional<String> find(String key, Locale locale) {
    // Without arguments a message is not parsed: an apostrophe is an apostrophe.
    return Optional.ofNullable(source.getMessage(key, null, null, locale));
  }

  /**
   * The language to answer in.
   *
   * @param chosen what the application's locale resolver says
   * @param accepted what the browser accepts, the best first
   * @return one of {@link #LANGUAGES}
   */
  public Locale supported(Locale chosen, Enumeration<Locale> accepted) {
    return language(chosen)
        .or(
            () ->
                Collections.list(accepted).stream()
                    .flatMap(locale -> language(locale).stream())
                    .findFirst())
        .orElse(Locale.ENGLISH);
  }

  private static Optional<Locale> language(Locale locale) {
    return LANGUAGES.stream()
        .filter(known -> known.getLanguage().equals(locale.getLanguage()))
        .findFirst();
  }
}
