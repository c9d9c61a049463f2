package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.Alert;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class AlertOverviewTest {

  @Test
  void theDeskTellsWhoIsToldWhat() {
    AlertTarget guard = AlertTarget.of("guard", new LogAlertSink());
    AlertTarget chief = AlertTarget.of("chief", new LogAlertSink());
    AlertSettings settings =
        AlertSettings.ofDefaults()
            .rules(AlertRules.ofDefaults().without(Alert.Cause.RISK))
            .escalation(EscalationPolicy.atOnce(guard))
            .escalation(
                Alert.Severity.CRITICAL,
                EscalationPolicy.atOnce(guard).then(Duration.ofMinutes(5), chief))
            .snapshots(Duration.ofDays(7));
    try (AlertDesk desk = new Desk().open(settings)) {
      AlertOverview told = desk.overview();

      assertThat(told.rules())
          .containsEntry(Alert.Cause.WATCH_LIST, Alert.Severity.CRITICAL)
          .containsEntry(Alert.Cause.LOCKED, Alert.Severity.WARNING)
          .doesNotContainKeys(Alert.Cause.RISK, Alert.Cause.ATTEMPT_FAILED);
      assertThat(told.repetitions()).hasSize(2);
      assertThat(told.escalations().get(Alert.Severity.WARNING))
          .containsExactly(new AlertOverview.Level(Duration.ZERO, List.of("guard")));
      assertThat(told.escalations().get(Alert.Severity.CRITICAL))
          .containsExactly(
              new AlertOverview.Level(Duration.ZERO, List.of("guard")),
              new AlertOverview.Level(Duration.ofMinutes(5), List.of("chief")));
      assertThat(told.snapshotCauses()).contains(Alert.Cause.WATCH_LIST);
      assertThat(told.snapshotRetention()).isEqualTo(Duration.ofDays(7));
      assertThat(told.acknowledgeLinks()).isFalse();
    }
  }

  @Test
  void anExampleSaysWhatAMailWouldSay() {
    AlertTemplates templates =
        AlertTemplates.of("Office")
            .with(Locale.FRENCH, new AlertTemplate("{app} : {subject}", "{cause}", "<p>{cause}"));
    Alert alert = new Desk().alert(Alert.Cause.WATCH_LIST);

    AlertTemplates.Example german =
        templates.example(Locale.GERMAN, Alert.Severity.CRITICAL, alert);

    assertThat(german.language()).isEqualTo(Locale.GERMAN);
    assertThat(german.subject()).startsWith("Office: ");
    assertThat(german.text()).contains("alice").contains("192.0.2.7");
    assertThat(templates.example(Locale.FRENCH, Alert.Severity.CRITICAL, alert).subject())
        .isEqualTo("Office : alice");
  }
}
