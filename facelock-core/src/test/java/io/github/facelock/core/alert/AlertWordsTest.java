package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.Secret;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people read. */
class AlertWordsTest {

  private static final AlertTemplates WORDS = AlertTemplates.of("Acme");
  private static final String LINK = "https://alerts.example/ack?token=abc";

  private final Desk world = new Desk();

  private AlertMessage message(Alert alert, int count, Optional<String> link) {
    return new AlertMessage(
        "m", alert, Alert.Severity.WARNING, count, 1, link.map(Secret::of), Optional.empty());
  }

  @Test
  void anAdministratorReadsAllFactsAndNoOthers() {
    AlertWords words =
        AlertWords.forAlert(
            WORDS, Locale.ENGLISH, message(world.alert(Alert.Cause.LOCKED), 3, Optional.of(LINK)));

    assertThat(words.subject()).isEqualTo("Acme: A factor is locked");
    assertThat(words.text())
        .isEqualTo(
            """
            A factor is locked

            Severity: Warning
            Subject: alice
            Factor: face
            Source: 192.0.2.7
            Time: 2030-01-01T12:00:00Z
            Count: 3
            Acknowledge: https://alerts.example/ack?token=abc
            """);
    assertThat(words.html())
        .contains(
            "<html lang=\"en\">", "<a href=\"" + LINK + "\">" + LINK + "</a>", "<td>face</td>")
        .doesNotContain("<p></p>");
    assertThat(words.brief())
        .isEqualTo("Acme: A factor is locked, alice, 192.0.2.7, 2030-01-01T12:00:00Z, 3× " + LINK);
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    Alert alert =
        new Alert(
            Desk.START,
            Alert.Cause.SENSOR,
            Optional.empty(),
            Optional.empty(),
            "hall",
            Map.of("battery", "low"));
    AlertWords words =
        AlertWords.forAlert(WORDS, Locale.ENGLISH, message(alert, 1, Optional.empty()));

    assertThat(words.text())
        .isEqualTo(
            """
            A sensor reports

            Severity: Warning
            Source: hall
            Time: 2030-01-01T12:00:00Z
            """);
    assertThat(words.html()).doesNotContain("<a ", "Subject", "low");
    assertThat(words.brief()).isEqualTo("Acme: A sensor reports, hall, 2030-01-01T12:00:00Z");
  }

  @Test
  void theSubjectReadsWhatItNeedsAndAWarningInItsLanguage() {
    AlertWords words =
        AlertWords.forSubject(
            WORDS.with(Locale.ROOT, new AlertTemplate("for admins", "for admins", "for admins")),
            Locale.GERMANY,
            message(world.alert(Alert.Cause.CREDENTIALS_CHANGED), 1, Optional.empty()));

    String warning = "Wenn Sie das nicht waren, wenden Sie sich sofort an den Betreiber.";
    assertThat(words.language()).isEqualTo(Locale.GERMAN);
    assertThat(words.text()).endsWith(warning + "\n").doesNotContain("192.0.2.7", "Warnung");
    assertThat(words.html()).contains("<p>" + warning + "</p>", "lang=\"de\"");
    assertThat(words.brief())
        .endsWith(". " + warning)
        .doesNotContain("192.0.2.7")
        .contains("Etwas, womit Sie sich anmelden, wurde geändert");
  }

  @Test
  void aLanguageWithoutWordsIsEnglish() {
    AlertWords words =
        AlertWords.forAlert(
            WORDS, Locale.JAPANESE, message(world.alert(Alert.Cause.LOCKED), 1, Optional.empty()));
    assertThat(words.language()).isEqualTo(Locale.ENGLISH);
    assertThat(words.subject()).isEqualTo("Acme: A factor is locked");
  }

  @Test
  void aSummaryNamesWhatItSumsUp() {
    Alert known = storm("UNKNOWN_FACE");
    Alert foreign = storm("{secret}");
    assertThat(
            AlertWords.forAlert(WORDS, Locale.ENGLISH, message(known, 1, Optional.empty()))
                .subject())
        .isEqualTo("Acme: Many alerts in a short time (An unknown face)");
    assertThat(
            AlertWords.forAlert(WORDS, Locale.ENGLISH, message(foreign, 1, Optional.empty()))
                .subject())
        .isEqualTo("Acme: Many alerts in a short time");
  }

  private static Alert storm(String of) {
    return new Alert(
        Desk.START,
        Alert.Cause.STORM,
        Optional.empty(),
        Optional.empty(),
        "door",
        Map.of("of", of));
  }

  @Test
  void longTextsOfClientsAreCutBetweenCharacters() {
    String face = "\uD83D\uDE00";
    for (int length : new int[] {60, 61, 200, 201}) {
      AlertWords words =
          AlertWords.forAlert(
              WORDS,
              Locale.ENGLISH,
              message(
                  world.alert(Alert.Cause.LOCKED, "alice", face.repeat(length)),
                  1,
                  Optional.empty()));
      String shown = face.repeat(Math.min(length, 200)) + (length > 200 ? "…" : "");
      assertThat(words.text()).contains("Source: " + shown + "\n");
      assertThat(words.brief())
          .contains(", " + face.repeat(Math.min(length, 60)) + (length > 60 ? "…, " : ", "));
    }
  }

  @Test
  void anOwnTextIsTheNearestToTheLanguage() {
    AlertTemplates own =
        WORDS
            .with(Locale.ROOT, template("root"))
            .with(Locale.GERMAN, template("German"))
            .with(Locale.forLanguageTag("de-AT"), template("Austrian"));
    assertThat(subject(own, "de-AT")).isEqualTo("Austrian");
    assertThat(subject(own, "de-CH")).isEqualTo("German");
    assertThat(subject(own, "fr")).isEqualTo("root");
    assertThat(subject(WORDS.with(Locale.GERMAN, template("German")), "fr"))
        .isEqualTo("Acme: A factor is locked");
  }

  private static AlertTemplate template(String name) {
    return new AlertTemplate(name, name, name);
  }

  private String subject(AlertTemplates templates, String language) {
    return AlertWords.forAlert(
            templates,
            Locale.forLanguageTag(language),
            message(world.alert(Alert.Cause.LOCKED), 1, Optional.empty()))
        .subject();
  }
}
