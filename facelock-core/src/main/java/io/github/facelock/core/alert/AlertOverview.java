package io.github.facelock.core.alert;

import io.github.facelock.api.FactorType;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.NoticeChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is told what, as administrators see it. Immutable.
 *
 * @param rules what an event of a cause is worth that has no further details; causes of which
 *     nobody is told are left out
 * @param repetitions what is counted
 * @param escalations who is told, level after level, by severity
 * @param foldWithin how long repetitions are one alert
 * @param stormCap how many alerts of a cause are told
 * @param stormWithin in which time
 * @param snapshotCauses of which alerts pictures are kept
 * @param snapshotRetention for how long
 * @param acknowledgeLinks whether messages hold a link that acknowledges
 * @param tries how often a target is tried
 * @param keepFinished how long alerts are kept
 * @param notices by which kinds of address subjects are told about their own account
 */
public record AlertOverview(
    Map<Alert.Cause, Alert.Severity> rules,
    List<RepetitionRule> repetitions,
    Map<Alert.Severity, List<Level>> escalations,
    Duration foldWithin,
    int stormCap,
    Duration stormWithin,
    Set<Alert.Cause> snapshotCauses,
    Duration snapshotRetention,
    boolean acknowledgeLinks,
    int tries,
    Duration keepFinished,
    Set<FactorType> notices) {

  /** Copies what can change. */
  public AlertOverview {
    rules = Map.copyOf(rules);
    repetitions = List.copyOf(repetitions);
    escalations = Map.copyOf(escalations);
    Objects.requireNonNull(foldWithin, "foldWithin");
    Objects.requireNonNull(stormWithin, "stormWithin");
    snapshotCauses = Set.copyOf(snapshotCauses);
    Objects.requireNonNull(snapshotRetention, "snapshotRetention");
    Objects.requireNonNull(keepFinished, "keepFinished");
    notices = Set.copyOf(notices);
  }

  /**
   * One level of an escalation.
   *
   * @param after how long the level before has to acknowledge; nothing for the first
   * @param targets the names of those who are told
   */
  public record Level(Duration after, List<String> targets) {
    /** Copies the list. */
    public Level {
      Objects.requireNonNull(after, "after");
      targets = List.copyOf(targets);
    }
  }

  static AlertOverview of(AlertSettings settings) {
    Map<Alert.Cause, Alert.Severity> rules = new EnumMap<>(Alert.Cause.class);
    for (Alert.Cause cause : Alert.Cause.values()) {
      settings.rules().judge(plain(cause)).ifPresent(severity -> rules.put(cause, severity));
    }
    Map<Alert.Severity, List<Level>> escalations = new EnumMap<>(Alert.Severity.class);
    for (Alert.Severity severity : Alert.Severity.values()) {
      escalations.put(severity, levels(settings.escalation(severity)));
    }
    return new AlertOverview(
        rules,
        settings.rules().repetitions(),
        escalations,
        settings.foldWithin(),
        settings.stormCap(),
        settings.stormWithin(),
        Stream.of(Alert.Cause.values())
            .filter(settings::keepsSnapshotOf)
            .collect(Collectors.toSet()),
        settings.snapshotRetention(),
        settings.acknowledgePage().isPresent(),
        settings.tries(),
        settings.keepFinished(),
        settings.noticeChannels().stream()
            .map(NoticeChannel::addresses)
            .collect(Collectors.toSet()));
  }

  private static Alert plain(Alert.Cause cause) {
    return new Alert(Instant.EPOCH, cause, Optional.empty(), Optional.empty(), "", Map.of());
  }

  private static List<Level> levels(EscalationPolicy policy) {
    List<Level> levels = new ArrayList<>();
    for (int i = 1; i <= policy.levels(); i++) {
      levels.add(
          new Level(policy.after(i), policy.targets(i).stream().map(AlertTarget::name).toList()));
    }
    return levels;
  }
}
