package io.github.facelock.core.alert;

import io.github.facelock.spi.Alert;
import io.github.facelock.spi.NoticeChannel;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Who is told what, when, and for how long it is kept. Immutable. */
public final class AlertSettings {

  /** Causes whose pictures help: somebody stood before a camera and should not have. */
  private static final Set<Alert.Cause> CAMERA =
      Set.of(
          Alert.Cause.WATCH_LIST,
          Alert.Cause.ATTACK_SUSPECTED,
          Alert.Cause.UNKNOWN_FACE,
          Alert.Cause.FACE_CHANGED);

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Filled by one thread before the settings are seen by another, and never changed after. */
  private static final class Values {
    AlertRules rules = AlertRules.ofDefaults();
    Map<Alert.Severity, EscalationPolicy> escalations = new EnumMap<>(Alert.Severity.class);
    Duration foldWithin = Duration.ofMinutes(5);
    int stormCap = 20;
    Duration stormWithin = Duration.ofMinutes(5);
    Set<Alert.Cause> snapshotCauses = Set.of();
    Duration snapshotRetention = Duration.ofDays(30);
    Optional<URI> acknowledgePage = Optional.empty();
    Duration acknowledgeWithin = Duration.ofDays(1);
    List<NoticeChannel> noticeChannels = List.of();
    Locale noticeLocale = Locale.ENGLISH;
    Duration firstRetry = Duration.ofSeconds(10);
    Duration longestRetry = Duration.ofMinutes(15);
    int tries = 20;
    Duration keepFinished = Duration.ofDays(90);

    Values copy() {
      Values copy = new Values();
      copy.rules = rules;
      copy.escalations = new EnumMap<>(escalations);
      copy.foldWithin = foldWithin;
      copy.stormCap = stormCap;
      copy.stormWithin = stormWithin;
      copy.snapshotCauses = snapshotCauses;
      copy.snapshotRetention = snapshotRetention;
      copy.acknowledgePage = acknowledgePage;
      copy.acknowledgeWithin = acknowledgeWithin;
      copy.noticeChannels = noticeChannels;
      copy.noticeLocale = noticeLocale;
      copy.firstRetry = firstRetry;
      copy.longestRetry = longestRetry;
      copy.tries = tries;
      copy.keepFinished = keepFinished;
      return copy;
    }
  }

  private final Values values;

  private AlertSettings(Values values) {
    this.values = values;
  }

  /**
   * {@link AlertRules#ofDefaults()}; nobody but the application's log is told; repetitions are
   * folded for 5 minutes; 20 alerts of a cause in 5 minutes, then a summary; no pictures; no
   * acknowledge links; 20 tries, from 10 seconds to 15 minutes apart; records kept for 90 days.
   *
   * @return the defaults
   */
  public static AlertSettings ofDefaults() {
    return new AlertSettings(new Values());
  }

  private AlertSettings with(Consumer<Values> change) {
    Values changed = values.copy();
    change.accept(changed);
    return new AlertSettings(changed);
  }

  /**
   * The same settings with other rules.
   *
   * @param rules which events become alerts
   * @return the changed settings
   */
  public AlertSettings rules(AlertRules rules) {
    Objects.requireNonNull(rules, "rules");
    return with(changed -> changed.rules = rules);
  }

  /**
   * The same settings, telling others.
   *
   * @param policy who is told, whatever the severity
   * @return the changed settings
   */
  public AlertSettings escalation(EscalationPolicy policy) {
    return escalation(Alert.Severity.INFO, policy);
  }

  /**
   * The same settings, telling others where it matters.
   *
   * @param from the lowest severity for which this policy counts
   * @param policy who is told then
   * @return the changed settings
   */
  public AlertSettings escalation(Alert.Severity from, EscalationPolicy policy) {
    Objects.requireNonNull(policy, "policy");
    return with(
        changed ->
            EnumSet.range(from, Alert.Severity.CRITICAL)
                .forEach(severity -> changed.escalations.put(severity, policy)));
  }

  /**
   * The same settings with another time for folding. Alerts of one cause, subject and source within
   * one such time are one alert with a count.
   *
   * @param within 1 second to 1 day
   * @return the changed settings
   * @throws IllegalArgumentException if the time is out of range
   */
  public AlertSettings foldWithin(Duration within) {
    requireRange(within, SECOND, Duration.ofDays(1));
    return with(changed -> changed.foldWithin = within);
  }

  /**
   * The same settings with another cap. Each cause has its own, so that noise of one cannot silence
   * another. What comes beyond the cap is written down and summed up at the end of the time.
   *
   * @param alerts how many are told, 1 to 10 000
   * @param within in which time, 1 second to 1 day
   * @return the changed settings
   * @throws IllegalArgumentException if a value is out of range
   */
  public AlertSettings stormCap(int alerts, Duration within) {
    requireRange(within, SECOND, Duration.ofDays(1));
    if (alerts < 1 || alerts > 10_000) {
      throw new IllegalArgumentException("A storm cap is 1 to 10 000 alerts");
    }
    return with(
        changed -> {
          changed.stormCap = alerts;
          changed.stormWithin = within;
        });
  }

  /**
   * The same settings, keeping pictures of the causes where somebody stood before a camera and
   * should not have: watch-list, suspected attack, unknown face, another face in a session.
   *
   * @param retention how long, 1 minute to 400 days
   * @return the changed settings
   * @throws IllegalArgumentException if the time is out of range
   */
  public AlertSettings snapshots(Duration retention) {
    return snapshots(CAMERA, retention);
  }

  /**
   * The same settings, keeping pictures. Without this no picture is kept at all: it may show people
   * who did nothing, so there must be a reason, and an end.
   *
   * @param causes of which alerts
   * @param retention how long, 1 minute to 400 days
   * @return the changed settings
   * @throws IllegalArgumentException if the time is out of range
   */
  public AlertSettings snapshots(Set<Alert.Cause> causes, Duration retention) {
    requireRange(retention, Duration.ofMinutes(1), Duration.ofDays(400));
    Set<Alert.Cause> copy = Set.copyOf(causes);
    return with(
        changed -> {
          changed.snapshotCauses = copy;
          changed.snapshotRetention = retention;
        });
  }

  /**
   * The same settings with links that acknowledge. The page behind the link must ask for a click
   * before it calls {@link AlertDesk#acknowledge}: mail scanners open links by themselves.
   *
   * @param page an absolute address without fragment; {@code token=…} is added to its query
   * @param within how long a link works, 1 minute to 30 days
   * @return the changed settings
   * @throws IllegalArgumentException if address or time are out of range
   */
  public AlertSettings acknowledgeAt(URI page, Duration within) {
    requireRange(within, Duration.ofMinutes(1), Duration.ofDays(30));
    if (!page.isAbsolute() || page.getHost() == null || page.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "The page that acknowledges alerts needs an absolute address without a fragment");
    }
    return with(
        changed -> {
          changed.acknowledgePage = Optional.of(page);
          changed.acknowledgeWithin = within;
        });
  }

  /**
   * The same settings, telling subjects what happened to their own credentials. Several channels
   * may be added, one for each kind of address.
   *
   * @param channel for example a {@link MailNoticeChannel}
   * @return the changed settings
   */
  public AlertSettings tellSubjectsBy(NoticeChannel channel) {
    List<NoticeChannel> channels = new ArrayList<>(values.noticeChannels);
    channels.add(Objects.requireNonNull(channel, "channel"));
    return with(changed -> changed.noticeChannels = List.copyOf(channels));
  }

  /**
   * The same settings with another language for what subjects are told; English unless set.
   *
   * @param locale the language
   * @return the changed settings
   */
  public AlertSettings noticeLocale(Locale locale) {
    Objects.requireNonNull(locale, "locale");
    return with(changed -> changed.noticeLocale = locale);
  }

  /**
   * The same settings with other tries. The pause doubles from try to try, less a random part of up
   * to a half, so that several nodes do not come back to a server at one moment.
   *
   * @param first the first pause, at least 1 ms
   * @param longest where doubling ends, at most 1 day
   * @param tries how often a target is tried, 1 to 100
   * @return the changed settings
   * @throws IllegalArgumentException if a value is out of range
   */
  public AlertSettings retries(Duration first, Duration longest, int tries) {
    requireRange(first, Duration.ofMillis(1), longest);
    requireRange(longest, first, Duration.ofDays(1));
    if (tries < 1 || tries > 100) {
      throw new IllegalArgumentException("An alert is tried 1 to 100 times");
    }
    return with(
        changed -> {
          changed.firstRetry = first;
          changed.longestRetry = longest;
          changed.tries = tries;
        });
  }

  /**
   * The same settings, keeping what has gone out for another time.
   *
   * @param kept 1 hour to 3650 days
   * @return the changed settings
   * @throws IllegalArgumentException if the time is out of range
   */
  public AlertSettings keepFinished(Duration kept) {
    requireRange(kept, Duration.ofHours(1), Duration.ofDays(3650));
    return with(changed -> changed.keepFinished = kept);
  }

  private static void requireRange(Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException("A time of alerts has " + least + " to " + most);
    }
  }

  /**
   * Adds somebody who is told at once, beside the policies.
   *
   * @param target who
   * @return the changed settings
   */
  public AlertSettings also(AlertTarget target) {
    return with(
        changed -> {
          for (Alert.Severity severity : Alert.Severity.values()) {
            changed.escalations.merge(
                severity, EscalationPolicy.atOnce(target), (before, one) -> before.with(target));
          }
        });
  }

  /**
   * Tells whether anybody is told of anything.
   *
   * @return whether there is a policy
   */
  public boolean tellsAnybody() {
    return !values.escalations.isEmpty();
  }

  AlertRules rules() {
    return values.rules;
  }

  EscalationPolicy escalation(Alert.Severity severity) {
    return values.escalations.getOrDefault(severity, EscalationPolicy.atOnce());
  }

  Duration foldWithin() {
    return values.foldWithin;
  }

  int stormCap() {
    return values.stormCap;
  }

  Duration stormWithin() {
    return values.stormWithin;
  }

  boolean keepsSnapshotOf(Alert.Cause cause) {
    return values.snapshotCauses.contains(cause);
  }

  Duration snapshotRetention() {
    return values.snapshotRetention;
  }

  Optional<URI> acknowledgePage() {
    return values.acknowledgePage;
  }

  Duration acknowledgeWithin() {
    return values.acknowledgeWithin;
  }

  List<NoticeChannel> noticeChannels() {
    return values.noticeChannels;
  }

  Locale noticeLocale() {
    return values.noticeLocale;
  }

  int tries() {
    return values.tries;
  }

  Duration keepFinished() {
    return values.keepFinished;
  }

  /** The pause after so many tries, at least one; {@code luck} from 0 to 1 shortens it. */
  Duration pauseAfter(int tries, double luck) {
    long first = values.firstRetry.toMillis();
    long longest = values.longestRetry.toMillis();
    long doubled = Math.min(longest, first << Math.min(Math.max(tries - 1, 0), 30));
    long pause = doubled <= 0 ? longest : doubled;
    return Duration.ofMillis(Math.max(1, pause - (long) (luck * pause / 2)));
  }
}
