package io.github.facelock.core.audit;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.http.JsonText;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Audit records as JSON lines (RFC 8259, one object a line). Stateless. */
public final class AuditJson {

  private AuditJson() {}

  /**
   * Writes one record.
   *
   * @param record the record
   * @return one line without its end; the members always in the same order: {@code number}, {@code
   *     at} (ISO 8601, UTC), {@code type}, {@code transaction}, {@code subject} and {@code factor}
   *     where there is one, {@code source}, {@code details} by name, {@code format}, {@code key},
   *     {@code link}
   */
  public static String line(AuditRecord record) {
    AuditEvent event = record.event();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("number", record.number());
    members.put("at", event.at().toString());
    members.put("type", event.type().name());
    members.put("transaction", event.transaction());
    event.subject().map(SubjectId::value).ifPresent(subject -> members.put("subject", subject));
    event.factor().map(FactorType::id).ifPresent(factor -> members.put("factor", factor));
    members.put("source", event.source());
    members.put("details", new TreeMap<>(event.details()));
    members.put("format", record.format());
    members.put("key", record.keyId());
    members.put("link", record.link());
    return JsonText.object(members);
  }
}
