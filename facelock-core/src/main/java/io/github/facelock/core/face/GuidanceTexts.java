package io.github.facelock.core.face;

import io.github.facelock.api.face.Guidance;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Sentences that tell a person what to do better: English, German, Spanish, Hindi, Bengali. Other
 * languages get English. Immutable and thread-safe.
 */
public final class GuidanceTexts {

  /** The languages that have texts, English first. */
  public static final List<Locale> LANGUAGES =
      List.of(
          Locale.ENGLISH,
          Locale.GERMAN,
          Locale.forLanguageTag("es"),
          Locale.forLanguageTag("hi"),
          Locale.forLanguageTag("bn"));

  private final Map<String, Map<Guidance, String>> texts = new HashMap<>();

  /** Reads the texts. */
  public GuidanceTexts() {
    for (Locale language : LANGUAGES) {
      texts.put(language.getLanguage(), read(language.getLanguage()));
    }
  }

  private static Map<Guidance, String> read(String language) {
    String name = "guidance_" + language + ".properties";
    Properties properties = new Properties();
    // Not a ResourceBundle: that would fall back to the server's own language.
    try (InputStream in =
        Objects.requireNonNull(GuidanceTexts.class.getResourceAsStream(name), name)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<Guidance, String> read = new EnumMap<>(Guidance.class);
    for (Guidance guidance : Guidance.values()) {
      read.put(guidance, Objects.requireNonNull(properties.getProperty(guidance.code()), name));
    }
    return read;
  }

  /**
   * Finds a sentence.
   *
   * @param guidance what to do better
   * @param locale the person's; only its language counts
   * @return one or two sentences
   */
  public String text(Guidance guidance, Locale locale) {
    Map<Guidance, String> language = texts.get(locale.getLanguage());
    if (language == null) {
      language = Objects.requireNonNull(texts.get(Locale.ENGLISH.getLanguage()), "English");
    }
    return Objects.requireNonNull(language.get(guidance), guidance.code());
  }
}
