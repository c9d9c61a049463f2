package io.github.facelock.spring.web.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditEntry;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Records of the trail as JSON. Measured values of a face, its score above all, stay out: whoever
 * sees them beside a name, login by login, could learn how to come closer. The export has them.
 */
final class AuditViews {

  private static final Pattern MEASURED = Pattern.compile("-?[0-9]{1,9}\\.[0-9]{1,9}");

  private AuditViews() {}

  record EntryView(
      long number,
      Instant at,
      String type,
      Optional<String> transaction,
      Optional<String> subject,
      Optional<String> factor,
      String source,
      Map<String, String> details) {}

  record Page(List<EntryView> entries, Optional<Long> next) {}

  static EntryView view(AuditEntry entry) {
    return new EntryView(
        entry.number(),
        entry.at(),
        entry.type(),
        Optional.of(entry.transaction()).filter(name -> !name.isEmpty()),
        entry.subject().map(SubjectId::value),
        entry.factor().map(FactorType::id),
        entry.source(),
        shown(entry.details()));
  }

  static EntryView view(AuditRecord record) {
    AuditEvent event = record.event();
    return new EntryView(
        record.number(),
        event.at(),
        event.type().name(),
        Optional.of(event.transaction()).filter(name -> !name.isEmpty()),
        event.subject().map(SubjectId::value),
        event.factor().map(FactorType::id),
        event.source(),
        shown(event.details()));
  }

  static Map<String, String> shown(Map<String, String> details) {
    Map<String, String> shown = new TreeMap<>();
    details.forEach(
        (name, value) -> {
          if (!MEASURED.matcher(value).matches()) {
            shown.put(name, value);
          }
        });
    return shown;
  }
}
