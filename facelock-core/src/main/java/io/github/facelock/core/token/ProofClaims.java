package io.github.facelock.core.token;

import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a proof says (RFC 7519; OpenID Connect Core 1.0, section 2).
 *
 * @param subject who logged in ({@code sub})
 * @param methods how, in RFC 8176 values ({@code amr})
 * @param level what the factors proved together ({@code acr})
 * @param authenticatedAt when the last step was passed ({@code auth_time})
 * @param issuedAt when the proof was made ({@code iat})
 * @param expiresAt when it ends ({@code exp})
 * @param id names the proof ({@code jti}); keep it until {@code expiresAt} to accept a proof once
 * @param transaction names the login ({@code txn})
 */
public record ProofClaims(
    SubjectId subject,
    List<String> methods,
    AssuranceLevel level,
    Instant authenticatedAt,
    Instant issuedAt,
    Instant expiresAt,
    String id,
    String transaction) {

  /** Copies the list. */
  public ProofClaims {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(authenticatedAt, "authenticatedAt");
    Objects.requireNonNull(issuedAt, "issuedAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(transaction, "transaction");
    methods = List.copyOf(methods);
  }
}
