package io.github.facelock.api.face;

import java.util.Map;
import java.util.Objects;

/**
 * What presentation attack detection says of a capture (ISO/IEC 30107-3). A verdict is a value; an
 * attack is no exception. The signals go to the audit trail and never to the client.
 */
public sealed interface LivenessVerdict {

  /**
   * What was measured, by name.
   *
   * @return the signals
   */
  Map<String, Double> signals();

  /**
   * A person in front of the camera.
   *
   * @param signals what was measured
   */
  record BonaFide(Map<String, Double> signals) implements LivenessVerdict {
    /** Copies the map. */
    public BonaFide {
      signals = Map.copyOf(signals);
    }
  }

  /**
   * A photograph, a screen, a recording, a mask.
   *
   * @param cause the deciding signal, for the audit trail
   * @param signals what was measured
   */
  record Attack(String cause, Map<String, Double> signals) implements LivenessVerdict {
    /** Copies the map. */
    public Attack {
      Objects.requireNonNull(cause, "cause");
      signals = Map.copyOf(signals);
    }
  }

  /**
   * The capture does not suffice for a judgement.
   *
   * @param guidance what to do better
   * @param signals what was measured
   */
  record Undetermined(Guidance guidance, Map<String, Double> signals) implements LivenessVerdict {
    /** Copies the map. */
    public Undetermined {
      Objects.requireNonNull(guidance, "guidance");
      signals = Map.copyOf(signals);
    }
  }
}
