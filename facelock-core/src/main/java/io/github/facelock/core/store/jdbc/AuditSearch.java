package io.github.facelock.core.store.jdbc;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.AuditQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A search of the audit trail as a statement: only the conditions that the query has. */
final class AuditSearch {

  private final StringBuilder text = new StringBuilder(JdbcAuditStore.COLUMNS);
  private final List<@Nullable Object> parameters = new ArrayList<>();

  AuditSearch(AuditQuery query, Dialect dialect) {
    text.append(" WHERE number < ?");
    parameters.add(query.before());
    query.subject().map(SubjectId::value).ifPresent(name -> and("subject = ?", name));
    query.factor().map(FactorType::id).ifPresent(id -> and("factor = ?", id));
    query.from().map(EpochMicros::of).ifPresent(time -> and("happened_at >= ?", time));
    query.until().map(EpochMicros::of).ifPresent(time -> and("happened_at < ?", time));
    query.transaction().ifPresent(name -> and("transaction_id = ?", name));
    if (!query.source().isEmpty()) {
      and(dialect.contains("source"), query.source());
    }
    if (!query.types().isEmpty()) {
      List<String> types = query.types().stream().filter(Sql::isKept).toList();
      text.append(" AND type IN (").append("?, ".repeat(types.size())).append("'')");
      parameters.addAll(types);
    }
    text.append(" ORDER BY number DESC LIMIT ?");
    parameters.add(query.limit());
  }

  private void and(String condition, Object parameter) {
    text.append(" AND ").append(condition);
    parameters.add(parameter);
  }

  String text() {
    return text.toString();
  }

  @Nullable Object[] parameters() {
    return parameters.toArray();
  }
}
