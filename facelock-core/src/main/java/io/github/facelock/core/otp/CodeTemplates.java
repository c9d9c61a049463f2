package io.github.facelock.core.otp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What messages with codes say, by language. English, Spanish, German, Hindi and Bengali come with
 * FaceLock; own texts go before them: first that of the whole language tag, then that of the
 * language, then that of {@link Locale#ROOT}. Immutable.
 */
public final class CodeTemplates {

  private static final String BUNDLE = "io.github.facelock.core.otp.CodeMail";
  private static final Set<String> LANGUAGES = Set.of("es", "de", "hi", "bn");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?=.{1,100}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+");
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="%s">
      <head><meta charset="utf-8"><title>%s</title></head>
      <body style="font-family:sans-serif">
      <p>%s</p>
      <p style="font-size:1.6em;letter-spacing:.1em"><strong>{code}</strong></p>
      <p>%s</p>
      <p>%s</p>
      </body>
      </html>
      """;

  private final Map<String, MailTemplate> mails;
  private final Map<String, String> messages;
  private final Optional<String> domain;

  private CodeTemplates(
      Map<String, MailTemplate> mails, Map<String, String> messages, Optional<String> domain) {
    this.mails = Map.copyOf(mails);
    this.messages = Map.copyOf(messages);
    this.domain = domain;
  }

  /**
   * The texts that come with FaceLock.
   *
   * @return the templates
   */
  public static CodeTemplates bundled() {
    return new CodeTemplates(Map.of(), Map.of(), Optional.empty());
  }

  /**
   * The same templates with an own mail for a language.
   *
   * @param locale the language, or {@link Locale#ROOT} for all that have no own text
   * @param template the mail
   * @return the changed templates
   */
  public CodeTemplates withMail(Locale locale, MailTemplate template) {
    Map<String, MailTemplate> changed = new HashMap<>(mails);
    changed.put(tag(locale), Objects.requireNonNull(template, "template"));
    return new CodeTemplates(changed, messages, domain);
  }

  /**
   * The same templates with an own telephone message for a language.
   *
   * @param locale the language, or {@link Locale#ROOT} for all that have no own text
   * @param text with {@code {code}}; {@code {app}} and {@code {minutes}} if wanted
   * @return the changed templates
   * @throws IllegalArgumentException if the text lacks the code, has an unknown place, or more than
   *     400 characters
   */
  public CodeTemplates withSms(Locale locale, String text) {
    Placeholders.check(text, 400);
    if (!text.contains(Placeholders.CODE)) {
      throw new IllegalArgumentException("A message needs {code}");
    }
    Map<String, String> changed = new HashMap<>(messages);
    changed.put(tag(locale), text);
    return new CodeTemplates(mails, changed, domain);
  }

  /**
   * The same templates, with telephone messages that end in {@code @domain #code}: a browser on the
   * telephone then offers the code to pages of this domain only (the format of origin-bound
   * one-time codes, used by WebOTP).
   *
   * @param domain the domain of the login page, for example {@code login.example.org}
   * @return the changed templates
   * @throws IllegalArgumentException if it is no domain
   */
  public CodeTemplates withWebOtp(String domain) {
    String name = domain.toLowerCase(Locale.ROOT);
    if (!DOMAIN.matcher(name).matches()) {
      throw new IllegalArgumentException("A domain is like login.example.org");
    }
    return new CodeTemplates(mails, messages, Optional.of(name));
  }

  /** The mail for a language. */
  CodeMail mail(Locale locale, Map<String, String> values) {
    for (String tag : tags(locale)) {
      MailTemplate own = mails.get(tag);
      if (own != null) {
        return new CodeMail(own, tag.isEmpty() ? locale.toLanguageTag() : tag, values);
      }
    }
    return new CodeMail(bundledMail(locale), language(locale), values);
  }

  /** The telephone message for a language. */
  String sms(Locale locale, Map<String, String> values) {
    String template = words(locale).getString("sms");
    for (String tag : tags(locale)) {
      String own = messages.get(tag);
      if (own != null) {
        template = own;
        break;
      }
    }
    String text = Placeholders.fill(template, values, false);
    // The last line alone, as the format asks.
    return domain.map(name -> text + "\n\n@" + name + " #" + values.get("code")).orElse(text);
  }

  /** Every language that has a text of its own here, for checks of length. */
  Set<Locale> smsLocales() {
    Set<Locale> locales = new HashSet<>();
    LANGUAGES.forEach(language -> locales.add(Locale.forLanguageTag(language)));
    messages.keySet().forEach(tag -> locales.add(Locale.forLanguageTag(tag)));
    locales.add(Locale.ENGLISH);
    return locales;
  }

  private static MailTemplate bundledMail(Locale locale) {
    ResourceBundle words = words(locale);
    String text =
        String.join(
                "\n\n",
                words.getString("intro"),
                Placeholders.CODE,
                words.getString("validity"),
                words.getString("warning"))
            + "\n";
    String html =
        PAGE.formatted(
            language(locale),
            words.getString("subject"),
            words.getString("intro"),
            words.getString("validity"),
            words.getString("warning"));
    return new MailTemplate(words.getString("subject"), text, html);
  }

  /** Chosen here, because the bundle's own search would fall back to the machine's language. */
  private static ResourceBundle words(Locale locale) {
    String language = language(locale);
    return ResourceBundle.getBundle(
        BUNDLE, language.equals("en") ? Locale.ROOT : Locale.forLanguageTag(language));
  }

  private static String language(Locale locale) {
    return LANGUAGES.contains(locale.getLanguage()) ? locale.getLanguage() : "en";
  }

  private static String[] tags(Locale locale) {
    return new String[] {tag(locale), locale.getLanguage(), ""};
  }

  private static String tag(Locale locale) {
    return locale.equals(Locale.ROOT) ? "" : locale.toLanguageTag();
  }
}
