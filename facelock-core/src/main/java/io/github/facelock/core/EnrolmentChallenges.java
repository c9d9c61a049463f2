package io.github.facelock.core;

import io.github.facelock.api.RequestContext;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessNeed;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.core.face.ChallengeIssuer;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * What people are asked to do while they are enrolled: a reference that any login will be compared
 * with is taken as strictly as the strictest login.
 */
record EnrolmentChallenges(ChallengeIssuer issuer, LivenessMode mode, Clock clock) {

  /** Empty if no mode asks for a challenge. */
  static Optional<EnrolmentChallenges> of(
      ChallengeIssuer issuer, Set<LivenessMode> modes, Clock clock) {
    return modes.stream()
        .filter(LivenessMode::challenges)
        .max(Comparator.naturalOrder())
        .map(strictest -> new EnrolmentChallenges(issuer, strictest, clock));
  }

  Optional<LivenessChallenge> draw(SubjectId subject, RequestContext request) {
    return issuer.draw(subject, LivenessNeed.in(request.attributes()), mode, clock.instant());
  }
}
