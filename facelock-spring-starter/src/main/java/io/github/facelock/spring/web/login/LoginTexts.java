package io.github.facelock.spring.web.login;

import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.LivenessNeed;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what people and scripts write. */
final class LoginTexts {

  private static final int LONGEST_LABEL = 64;

  private LoginTexts() {}

  /** A name as it was typed; empty if nobody can have it. */
  static Optional<SubjectId> subject(@Nullable String typed) {
    if (typed == null || typed.length() > 2 * SubjectId.MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(SubjectId.of(typed.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A device's name; none if the device is not to be trusted. */
  static @Nullable String device(@Nullable String label) {
    if (label == null) {
      return null;
    }
    String line =
        label
            .codePoints()
            .filter(c -> !Character.isISOControl(c) && c != 0x2028 && c != 0x2029)
            .limit(LONGEST_LABEL / 2)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return line.isEmpty() ? null : line;
  }

  static RequestContext withNeeds(RequestContext context, Collection<String> needs) {
    if (needs.isEmpty()) {
      return context;
    }
    return context.withLivenessNeeds(
        LivenessNeed.in(Map.of(LivenessNeed.ATTRIBUTE, String.join(",", needs))));
  }
}
