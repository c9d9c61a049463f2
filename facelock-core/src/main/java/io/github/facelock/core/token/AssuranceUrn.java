package io.github.facelock.core.token;

import io.github.facelock.api.AssuranceLevel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an assurance level is named in the {@code acr} claim (OpenID Connect Core, section 2). */
final class AssuranceUrn {

  private AssuranceUrn() {}

  static String of(AssuranceLevel level) {
    return "urn:facelock:" + level.name().toLowerCase(Locale.ROOT);
  }

  static Optional<AssuranceLevel> parse(String urn) {
    return Arrays.stream(AssuranceLevel.values())
        .filter(level -> of(level).equals(urn))
        .findFirst();
  }
}
