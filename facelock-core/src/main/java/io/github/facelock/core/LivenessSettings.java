package io.github.facelock.core;

import io.github.facelock.core.face.ChallengeRules;
import io.github.facelock.core.liveness.LivenessThresholds;
import java.util.Objects;

/**
 * How liveness works where a policy asks for it ({@link
 * io.github.facelock.api.policy.Policy#liveness()}).
 *
 * @param challenges what may be asked
 * @param thresholds where the signals separate people from attacks
 */
public record LivenessSettings(ChallengeRules challenges, LivenessThresholds thresholds) {

  /** Refuses null. */
  public LivenessSettings {
    Objects.requireNonNull(challenges, "challenges");
    Objects.requireNonNull(thresholds, "thresholds");
  }

  /**
   * Two or three head movements, the measured thresholds, no colours on the screen.
   *
   * @return the usual settings
   */
  public static LivenessSettings ofDefaults() {
    return new LivenessSettings(ChallengeRules.ofDefaults(), LivenessThresholds.ofDefaults());
  }

  /**
   * The same settings with other challenges.
   *
   * @param rules what may be asked
   * @return the settings
   */
  public LivenessSettings with(ChallengeRules rules) {
    return new LivenessSettings(rules, thresholds);
  }
}
