package io.github.facelock.spring.web.me;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody reads a page of which a sentence is missing. */
class MeTextsTest {

  private static final Path MAIN = Path.of("src/main");

  private static Properties texts(String file) throws IOException {
    Properties properties = new Properties();
    try (InputStreamReader in =
        new InputStreamReader(
            MeTextsTest.class.getResourceAsStream("/facelock/" + file + ".properties"),
            StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    return properties;
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "es", "hi", "bn"})
  void everyLanguageHasEverySentence(String language) throws IOException {
    Properties english = texts("messages-me");
    Properties other = texts("messages-me_" + language);
    assertThat(other.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
    for (String key : english.stringPropertyNames()) {
      assertThat(other.getProperty(key)).as(key).isNotBlank();
      assertThat(other.getProperty(key).contains("{0}"))
          .as(key)
          .isEqualTo(english.getProperty(key).contains("{0}"));
    }
  }

  @Test
  void everythingThatPagesAndProblemsSayIsThere() throws IOException {
    Properties all = texts("messages");
    all.putAll(texts("messages-me"));
    TreeSet<String> used = new TreeSet<>();
    for (Path file : files("resources/facelock/pages", ".mustache")) {
      if (file.getFileName().toString().matches("(me|register).*")) {
        used.addAll(found("\\{\\{t\\.([a-z-]+)}}", file, ""));
      }
    }
    for (Path file : files("java/io/github/facelock/spring/web/me", ".java")) {
      used.addAll(found("HttpStatus\\.[A-Z_]+,\\s+\"([a-z-]*[a-z])\"", file, "problem-"));
      used.addAll(found("done=([a-z]+(?:-[a-z]+)*)\"", file, "me-done-"));
    }
    assertThat(used).hasSizeGreaterThan(80);
    assertThat(all.stringPropertyNames()).containsAll(used);
  }

  private static List<Path> files(String folder, String end) throws IOException {
    try (Stream<Path> all = Files.list(MAIN.resolve(folder))) {
      return all.filter(file -> file.toString().endsWith(end)).toList();
    }
  }

  private static List<String> found(String pattern, Path file, String prefix) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .map(match -> prefix + match.group(1))
        .collect(Collectors.toList());
  }
}
