package io.github.facelock.spring.web.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.alert.AlertOverview;
import io.github.facelock.core.alert.AlertRecord;
import io.github.facelock.core.alert.RepetitionRule;
import io.github.facelock.spi.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Alerts and their rules as JSON. */
final class AlertViews {

  private AlertViews() {}

  record TargetView(String name, int level, String status, int tries) {}

  /**
   * An alert.
   *
   * @param readable whether its contents can still be opened
   * @param mayHavePicture whether pictures of such alerts are kept
   */
  record AlertView(
      String id,
      String state,
      boolean readable,
      Optional<Instant> at,
      Optional<String> cause,
      String severity,
      Optional<String> subject,
      Optional<String> factor,
      Optional<String> source,
      Map<String, String> details,
      int count,
      int level,
      boolean held,
      Optional<Instant> acknowledgedAt,
      Optional<String> acknowledgedBy,
      List<TargetView> targets,
      boolean mayHavePicture) {}

  record Page(List<AlertView> alerts, Optional<Integer> next) {}

  record Acknowledged(boolean already) {}

  record Template(String language, String subject, String text) {}

  record Templates(List<Template> templates) {}

  record RuleView(String cause, String severity) {}

  record RepetitionView(
      String counted, int times, long withinSeconds, String per, String severity) {}

  record LevelView(long afterSeconds, List<String> targets) {}

  record Rules(
      List<RuleView> rules,
      List<RepetitionView> repetitions,
      Map<String, List<LevelView>> escalations,
      long foldWithinSeconds,
      int stormCap,
      long stormWithinSeconds,
      List<String> snapshotCauses,
      long snapshotRetentionSeconds,
      boolean acknowledgeLinks,
      int tries,
      long keepFinishedSeconds,
      List<String> notices) {}

  static AlertView view(AlertRecord record, AlertOverview overview) {
    Optional<Alert> alert = record.alert();
    return new AlertView(
        record.id(),
        Desk.code(record.state()),
        alert.isPresent(),
        alert.map(Alert::at),
        alert.map(read -> Desk.code(read.cause())),
        Desk.code(record.severity()),
        alert.flatMap(Alert::subject).map(SubjectId::value),
        alert.flatMap(Alert::factor).map(FactorType::id),
        alert.map(Alert::source),
        new TreeMap<>(alert.map(read -> AuditViews.shown(read.details())).orElse(Map.of())),
        record.count(),
        record.level(),
        record.held(),
        record.acknowledgedAt(),
        record.acknowledgedBy(),
        record.targets().stream()
            .map(
                target ->
                    new TargetView(target.name(), target.level(), target.status(), target.tries()))
            .toList(),
        alert.filter(read -> overview.snapshotCauses().contains(read.cause())).isPresent());
  }

  static Rules rules(AlertOverview overview) {
    List<RuleView> rules = new ArrayList<>();
    for (Alert.Cause cause : Alert.Cause.values()) {
      if (overview.rules().containsKey(cause)) {
        rules.add(
            new RuleView(
                Desk.code(cause),
                Desk.code(overview.rules().getOrDefault(cause, Alert.Severity.INFO))));
      }
    }
    Map<String, List<LevelView>> escalations = new TreeMap<>();
    overview
        .escalations()
        .forEach(
            (severity, levels) ->
                escalations.put(
                    Desk.code(severity),
                    levels.stream()
                        .map(level -> new LevelView(level.after().toSeconds(), level.targets()))
                        .toList()));
    return new Rules(
        rules,
        overview.repetitions().stream().map(AlertViews::repetition).toList(),
        escalations,
        overview.foldWithin().toSeconds(),
        overview.stormCap(),
        overview.stormWithin().toSeconds(),
        overview.snapshotCauses().stream().map(Desk::code).sorted().toList(),
        overview.snapshotRetention().toSeconds(),
        overview.acknowledgeLinks(),
        overview.tries(),
        overview.keepFinished().toSeconds(),
        overview.notices().stream().map(FactorType::id).sorted().toList());
  }

  private static RepetitionView repetition(RepetitionRule rule) {
    return new RepetitionView(
        Desk.code(rule.counted()),
        rule.times(),
        rule.within().toSeconds(),
        Desk.code(rule.per()),
        Desk.code(rule.severity()));
  }
}
