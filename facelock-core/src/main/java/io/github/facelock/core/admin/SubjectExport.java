package io.github.facelock.core.admin;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.core.http.JsonText;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts together what is kept about a subject. Thread-safe. */
final class SubjectExport {

  /** Another person's name: not this subject's data (GDPR, article 15, paragraph 4). */
  private static final String OF_ANOTHER = "duplicate-of";

  /** An address that was not confirmed is sealed together with its code. */
  private static final String PENDING = "pending";

  private final CredentialStore credentials;
  private final List<FactorType> factors;
  private final Optional<AuditAccess> trail;

  SubjectExport(
      CredentialStore credentials, List<FactorType> factors, Optional<AuditAccess> trail) {
    this.credentials = credentials;
    this.factors = List.copyOf(factors);
    this.trail = trail;
  }

  String of(Subject subject, boolean templates) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("format", "facelock-subject/1");
    members.put("subject", subject.id().value());
    members.put("createdAt", subject.createdAt().toString());
    members.put("suspended", subject.suspended());
    members.put(
        "roles", List.copyOf(new TreeSet<>(subject.roles().stream().map(Enum::name).toList())));
    List<Object> held = new ArrayList<>();
    for (FactorType factor : factors) {
      for (Credential credential : credentials.find(subject.id(), factor)) {
        held.add(of(credential, templates));
      }
    }
    members.put("credentials", held);
    members.put("activity", activity(subject.id()));
    return JsonText.object(members);
  }

  private static Map<String, Object> of(Credential credential, boolean templates) {
    Map<String, String> attributes = new TreeMap<>(credential.attributes());
    attributes.remove(OF_ANOTHER);
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("factor", credential.factor().id());
    members.put("id", credential.id().value());
    members.put("createdAt", credential.createdAt().toString());
    members.put("attributes", attributes);
    // Everything else that is sealed is a secret, and none of the person's own data.
    if (isAddress(credential)) {
      members.put("address", new String(credential.secretData(), StandardCharsets.UTF_8));
    } else if (templates && credential.factor().equals(FactorType.FACE)) {
      members.put("template", Base64.getEncoder().encodeToString(credential.secretData()));
    }
    return members;
  }

  private static boolean isAddress(Credential credential) {
    return (credential.factor().equals(FactorType.EMAIL_CODE)
            || credential.factor().equals(FactorType.SMS_CODE))
        && !credential.attributes().containsValue(PENDING)
        && !credential.id().value().endsWith("-" + PENDING);
  }

  /** The last records; details are the system's, not the person's. */
  private List<Object> activity(SubjectId subject) {
    List<Object> lines = new ArrayList<>();
    AuditQuery query = AuditQuery.all().withSubject(subject).withLimit(AuditQuery.MAX_LIMIT);
    for (AuditRecord record : trail.map(access -> access.search(query)).orElse(List.of())) {
      AuditEvent event = record.event();
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("at", event.at().toString());
      members.put("type", event.type().name());
      event.factor().map(FactorType::id).ifPresent(factor -> members.put("factor", factor));
      members.put("source", event.source());
      lines.add(members);
    }
    return lines;
  }
}
