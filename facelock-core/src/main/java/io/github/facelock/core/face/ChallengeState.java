package io.github.facelock.core.face;

import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessNeed;
import io.github.facelock.spi.FactorState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the face factor remembers between question and answer; the engine seals it.
 *
 * @param challenge what was asked; empty if nothing could be asked
 * @param issuedAt by the server's clock
 * @param needs what the person stated
 */
record ChallengeState(
    Optional<LivenessChallenge> challenge, Instant issuedAt, Set<LivenessNeed> needs) {

  private static final String ISSUED = "issued";

  FactorState encode() {
    Map<String, String> fields =
        new HashMap<>(challenge.map(LivenessChallenge::parameters).orElse(Map.of()));
    fields.put(ISSUED, Long.toString(issuedAt.toEpochMilli()));
    fields.put(LivenessNeed.ATTRIBUTE, LivenessNeed.format(needs));
    String text =
        fields.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .sorted()
            .collect(Collectors.joining("\n"));
    return FactorState.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Empty if the state is another's: of a policy that asked for no challenge, for example. */
  static Optional<ChallengeState> decode(FactorState state) {
    Map<String, String> fields = new HashMap<>();
    for (String line : new String(state.bytes(), StandardCharsets.UTF_8).split("\n", -1)) {
      int at = line.indexOf('=');
      if (at > 0) {
        fields.put(line.substring(0, at), line.substring(at + 1));
      }
    }
    try {
      return fields.containsKey(ISSUED)
          ? Optional.of(
              new ChallengeState(
                  LivenessChallenge.in(fields),
                  Instant.ofEpochMilli(Long.parseLong(fields.get(ISSUED))),
                  LivenessNeed.in(fields)))
          : Optional.empty();
    } catch (IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }
}
