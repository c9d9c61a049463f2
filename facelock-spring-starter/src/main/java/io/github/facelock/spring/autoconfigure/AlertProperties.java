package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.Secret;
import io.github.facelock.spi.Alert;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is told what.
 *
 * @param from Lowest severity of which somebody is told.
 * @param log Whether alerts go to the application's log. Defaults to whether nobody else is told.
 * @param mail Addresses that are told by mail.
 * @param webhook Service that is told by a signed call.
 * @param locale Language of mails about alerts.
 * @param tellSubjects Whether people are told by mail when their own credentials change. Defaults
 *     to whether there is a mail server.
 * @param severities Severity of causes, where it is another than the built-in one.
 * @param silent Causes of which nobody is told.
 * @param repetitions When repeated events become an alert, beside the built-in rules.
 * @param foldWithin How long repetitions of one alert are told as one.
 * @param stormCap How many alerts of one cause are told within storm-within, before they are summed
 *     up.
 * @param stormWithin Time of the storm cap.
 * @param snapshots How long the picture of an alert before a camera is kept. No picture is kept
 *     unless this is set.
 * @param snapshotCauses Causes of which the picture is kept, if any is. Defaults to what is seen by
 *     a camera and is not a failed login: watch-list, attack-suspected, unknown-face, face-changed.
 * @param acknowledgePage Absolute address of the page that acknowledges alerts; mails link to it.
 * @param acknowledgeWithin How long such a link works.
 * @param keepFinished How long alerts that were dealt with are kept.
 */
@ConfigurationProperties("facelock.alerts")
@Validated
record AlertProperties(
    @DefaultValue("info") Alert.Severity from,
    @Nullable Boolean log,
    @DefaultValue Mail mail,
    @DefaultValue @Valid Webhook webhook,
    @DefaultValue("en") Locale locale,
    @Nullable Boolean tellSubjects,
    @DefaultValue Map<Alert.Cause, Alert.Severity> severities,
    @DefaultValue Set<Alert.Cause> silent,
    @DefaultValue List<@Valid Repetition> repetitions,
    @DefaultValue("5m") Duration foldWithin,
    @DefaultValue("20") @Min(1) @Max(10_000) int stormCap,
    @DefaultValue("5m") Duration stormWithin,
    @Nullable Duration snapshots,
    @DefaultValue Set<Alert.Cause> snapshotCauses,
    @Nullable URI acknowledgePage,
    @DefaultValue("1d") Duration acknowledgeWithin,
    @DefaultValue("90d") Duration keepFinished) {

  AlertProperties {
    severities = Map.copyOf(severities);
    silent = Set.copyOf(silent);
    snapshotCauses = Set.copyOf(snapshotCauses);
    repetitions = List.copyOf(repetitions);
  }

  /**
   * Mails about alerts.
   *
   * @param to Addresses that are told.
   */
  record Mail(@DefaultValue List<String> to) {
    Mail {
      to = List.copyOf(to);
    }
  }

  /**
   * A service that is told.
   *
   * @param uri Address to which alerts are posted.
   * @param secret Secret that signs: whsec_ and the Base64 of 24 to 64 random bytes.
   */
  record Webhook(@Nullable URI uri, @Nullable Secret secret) {}

  /**
   * A rule that counts.
   *
   * @param counted Cause that is counted.
   * @param times Number of events at which somebody is told.
   * @param within Time in which they are counted together.
   * @param per What they have in common: subject or source.
   * @param severity How much it matters.
   */
  record Repetition(
      @DefaultValue("attempt-failed") Alert.Cause counted,
      @DefaultValue("5") @Min(2) int times,
      @DefaultValue("10m") Duration within,
      @DefaultValue("subject") io.github.facelock.core.alert.RepetitionRule.Per per,
      @DefaultValue("warning") Alert.Severity severity) {}
}
