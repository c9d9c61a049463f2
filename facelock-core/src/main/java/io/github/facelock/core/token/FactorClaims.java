package io.github.facelock.core.token;

import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The claim {@value #NAME}: which factors were passed, each at its own time, so that a service can
 * tell which ones are too old for what somebody wants to do. {@code amr} and {@code auth_time} tell
 * neither which factor nor when.
 */
final class FactorClaims {

  static final String NAME = "factors";

  private static final int MOST = 32;

  private FactorClaims() {}

  static List<Map<String, Object>> of(List<PassedFactor> passed) {
    return passed.stream()
        .map(
            each ->
                Map.<String, Object>of(
                    "id", each.factor().id(),
                    "kind", each.factor().kind().name().toLowerCase(Locale.ROOT),
                    "amr", each.factor().amr(),
                    "auth_time", each.at().getEpochSecond()))
        .toList();
  }

  /**
   * Reads the claim.
   *
   * @throws IllegalArgumentException if it is something else
   * @throws java.time.DateTimeException if a time is out of range
   */
  static List<PassedFactor> read(Object claim) {
    if (!(claim instanceof List<?> entries) || entries.isEmpty() || entries.size() > MOST) {
      throw new IllegalArgumentException("No list of factors");
    }
    List<PassedFactor> passed = new ArrayList<>();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> fields)
          || !(fields.get("id") instanceof String id)
          || !(fields.get("kind") instanceof String kind)
          || !(fields.get("amr") instanceof String amr)
          || !(fields.get("auth_time") instanceof Long at)) {
        throw new IllegalArgumentException("No factor");
      }
      FactorKind known = FactorKind.valueOf(kind.toUpperCase(Locale.ROOT));
      passed.add(new PassedFactor(FactorType.of(id, known, amr), Instant.ofEpochSecond(at)));
    }
    return passed;
  }
}
