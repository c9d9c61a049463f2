package io.github.facelock.core.token;

import io.github.facelock.api.AssuranceLevel;
import java.util.Arrays;
import java.util.Locale;

/** How an assurance level is named in the {@code acr} claim (OpenID Connect Core, section 2). */
final class AssuranceUrn {

  private AssuranceUrn() {}

  static String of(AssuranceLevel level) {
    return "urn:facelock:" + level.name().toLowerCase(Locale.ROOT);
  }

  /** Refuses, with an IllegalArgumentException, what {@link #of} does not make. */
  static AssuranceLevel parse(String urn) {
    return Arrays.stream(AssuranceLevel.values())
        .filter(level -> of(level).equals(urn))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Not the name of an assurance level"));
  }
}
