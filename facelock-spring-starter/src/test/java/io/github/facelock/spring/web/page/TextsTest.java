package io.github.facelock.spring.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class TextsTest {

  private static final List<String> BUNDLES = List.of("messages", "messages-me");

  @ParameterizedTest
  @ValueSource(strings = {"es", "de", "hi", "bn"})
  void everyTextIsThereInEveryLanguageWithTheSameArguments(String language) throws IOException {
    for (String bundle : BUNDLES) {
      Properties english = read(bundle + ".properties");
      Properties other = read(bundle + "_" + language + ".properties");
      assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
      for (String key : english.stringPropertyNames()) {
        assertThat(other.getProperty(key)).as(key).isNotBlank();
        assertThat(arguments(other.getProperty(key)))
            .as(key)
            .isEqualTo(arguments(english.getProperty(key)));
      }
    }
  }

  private static Set<String> arguments(String text) {
    return Pattern.compile("\\{\\d}")
        .matcher(text)
        .results()
        .map(result -> result.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties read(String file) throws IOException {
    Properties properties = new Properties();
    try (var in =
        Objects.requireNonNull(TextsTest.class.getResourceAsStream("/facelock/" + file), file)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    }
    return properties;
  }

  @Test
  void everyTextThatAPageNamesIsThere() throws IOException {
    Texts texts = new Texts(Optional.empty());
    for (var page :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath:/facelock/pages/*.mustache")) {
      String template = page.getContentAsString(StandardCharsets.UTF_8);
      Pattern.compile("\\{\\{\\s*t\\.([a-z0-9-]+)\\s*}}")
          .matcher(template)
          .results()
          .forEach(
              named ->
                  assertThat(texts.find(named.group(1), Locale.ENGLISH))
                      .as(page.getFilename() + " " + named.group(1))
                      .isPresent());
    }
  }

  @Test
  void somebodyElseIsAnsweredInEnglishWhateverTheServersLanguageIs() {
    Texts texts = new Texts(Optional.empty());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMAN);
      assertThat(texts.supported(Locale.FRENCH, Collections.emptyEnumeration()))
          .isEqualTo(Locale.ENGLISH);
      assertThat(texts.text("continue", Locale.FRENCH)).isEqualTo("Continue");
    } finally {
      Locale.setDefault(before);
    }
  }
}
