package io.github.facelock.core.face;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessNeed;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.store.AttemptRecord;
import io.github.facelock.spi.store.AttemptStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Draws the challenges of the face step. Thread-safe.
 *
 * <p>The last order of a subject is remembered beside the attempts, under a hash of the name that
 * was claimed (or, where nobody is claimed, of the request's source): so it is remembered for
 * unknown subjects as for known ones, on every node, and tells nothing of them.
 */
public final class ChallengeIssuer {

  private static final int TRIES = 3;

  private final ChallengeRules rules;
  private final AttemptStore remembered;
  private final SecureRandom random;

  /**
   * Makes an issuer.
   *
   * @param rules what may be asked
   * @param remembered keeps the last order of a subject
   * @param random draws
   */
  public ChallengeIssuer(ChallengeRules rules, AttemptStore remembered, SecureRandom random) {
    this.rules = Objects.requireNonNull(rules, "rules");
    this.remembered = Objects.requireNonNull(remembered, "remembered");
    this.random = Objects.requireNonNull(random, "random");
  }

  /**
   * Asks. The person's needs are those that the request states and those stated before in the same
   * login.
   *
   * @param context the login
   * @param before what was remembered for the question before; empty for the first
   * @return a question that works once; {@code liveness=unavailable} if the needs leave too few
   *     challenges
   */
  FactorStart issue(FactorContext context, FactorState before) {
    EnumSet<LivenessNeed> needs = EnumSet.noneOf(LivenessNeed.class);
    needs.addAll(LivenessNeed.in(context.request().attributes()));
    ChallengeState.decode(before).ifPresent(s -> needs.addAll(s.needs()));
    Optional<LivenessChallenge> challenge =
        draw(name(context), needs, context.policy().liveness(), context.now());
    ChallengeState state = new ChallengeState(challenge, context.now(), Set.copyOf(needs));
    return new FactorStart(
        challenge
            .map(LivenessChallenge::parameters)
            .orElse(Map.of(LivenessChallenge.MODE, "unavailable")),
        state.encode());
  }

  /**
   * Draws for somebody who is being enrolled; such a challenge and the last one of a login are not
   * alike either.
   *
   * @param subject who is enrolled
   * @param needs what must not be asked
   * @param mode how strictly the answer will be judged
   * @param now the server's time
   * @return the challenge; empty if the needs leave too few
   */
  public Optional<LivenessChallenge> draw(
      SubjectId subject, Set<LivenessNeed> needs, LivenessMode mode, Instant now) {
    return draw("subject " + subject.value(), needs, mode, now);
  }

  private Optional<LivenessChallenge> draw(
      String name, Set<LivenessNeed> needs, LivenessMode mode, Instant now) {
    Set<LivenessAction> excluded = EnumSet.noneOf(LivenessAction.class);
    needs.forEach(need -> excluded.addAll(need.excluded()));
    ChallengeSpace space = new ChallengeSpace(rules, excluded, mode == LivenessMode.ACTIVE_STRICT);
    boolean coloured = !needs.contains(LivenessNeed.NO_COLOURS) && rules.colours() > 0;
    String key = "liveness:" + hash(name);
    Optional<LivenessChallenge> drawn = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      Optional<AttemptRecord> last = remembered.find(key);
      drawn = space.draw(last.map(AttemptRecord::consecutive).orElse(-1), coloured, random);
      if (drawn.isEmpty()) {
        return drawn;
      }
      AttemptRecord next =
          new AttemptRecord(
              ChallengeSpace.digest(drawn.get().deliberateActions()),
              now,
              now,
              last.map(r -> r.version() + 1).orElse(1L));
      if (remembered.replace(key, next)) {
        return drawn;
      }
    }
    // Several logins of one subject at the same moment: each has its own challenge all the same.
    return drawn;
  }

  private static String name(FactorContext context) {
    return context
        .claimed()
        .map(subject -> "subject " + subject.value())
        .orElseGet(() -> "source " + context.request().source());
  }

  private static String hash(String name) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(name.getBytes(StandardCharsets.UTF_16BE)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
