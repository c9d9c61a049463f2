package io.github.facelock.core.face;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.FaceReference.Kind;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.face.TemplateIndex.Candidate;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.SubjectStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares the face of a capture with references, and says whose it is. Thread-safe. */
final class FaceComparer {

  private static final int CANDIDATES = 5;

  private final FaceEmbedder embedder;
  private final CredentialStore credentials;
  private final SubjectStore subjects;
  private final TemplateIndex index;
  private final FaceLearning learning;

  FaceComparer(
      FaceEmbedder embedder,
      CredentialStore credentials,
      SubjectStore subjects,
      TemplateIndex index,
      FaceLearning learning) {
    this.embedder = embedder;
    this.credentials = credentials;
    this.subjects = subjects;
    this.index = index;
    this.learning = learning;
  }

  /**
   * Compares.
   *
   * @param faces what was embedded
   * @param probes one template of the present model for each face
   */
  Verification compare(
      FactorContext context,
      List<GradedFace> faces,
      List<Embedding> probes,
      Map<String, String> details) {
    return context.identifies()
        ? identify(context, probes, details)
        : verify(context, faces, probes, details);
  }

  private Verification verify(
      FactorContext context,
      List<GradedFace> faces,
      List<Embedding> probes,
      Map<String, String> details) {
    // Read also for a claimed subject that is unknown or suspended, which takes as long.
    SubjectId claimed = context.claimed().orElseThrow();
    List<Embedding> present = references(claimed, embedder, context);
    boolean active = context.subject().filter(claimed::equals).isPresent();
    FalseMatchRate rate = context.policy().falseMatchRate();
    // The same work while people migrate, whoever is claimed.
    Optional<Match> former = former(claimed, active, faces, context);
    boolean known = active && !present.isEmpty();
    Match match = match(embedder, probes, known ? present : List.of(nobody(embedder)), rate);
    if (!known && former.isPresent()) {
      match = former.get();
      details.put("former-model", match.model());
    } else if (!known) {
      details.put("references", "0");
      return new Verification.Refused("no-match", details);
    }
    details.put("references", Integer.toString(match.references()));
    details.put("score", decimals(match.score()));
    if (!match.passes()) {
      return new Verification.Refused("no-match", details);
    }
    FactorState learnt =
        known ? adaptable(match, probes) : new LearntFace(Kind.MIGRATED, probes.get(0)).state();
    return new Verification.Verified(claimed, details, learnt);
  }

  /** One comparison. */
  private record Match(String model, int references, float score, float threshold) {
    boolean passes() {
      return score >= threshold;
    }
  }

  private static Match match(
      FaceEmbedder by, List<Embedding> probes, List<Embedding> references, FalseMatchRate rate) {
    return new Match(
        by.model().id().value(),
        references.size(),
        FusedScore.of(probes, references).value(),
        threshold(by.calibration(), rate, references.size()).value());
  }

  /** References of a model that is being left, if the subject has some. */
  private Optional<Match> former(
      SubjectId claimed, boolean active, List<GradedFace> faces, FactorContext context) {
    Optional<Match> found = Optional.empty();
    for (FaceEmbedder before : learning.former()) {
      List<Embedding> probes =
          faces.stream().map(g -> before.embed(g.face().picture(), g.face().landmarks())).toList();
      List<Embedding> references = references(claimed, before, context);
      boolean usable =
          active && !references.isEmpty() && SamePerson.inAll(probes, before.calibration());
      Match match =
          match(
              before,
              probes,
              usable ? references : List.of(nobody(before)),
              context.policy().falseMatchRate());
      if (usable && found.isEmpty()) {
        found = Optional.of(match);
      }
    }
    return found;
  }

  private List<Embedding> references(SubjectId subject, FaceEmbedder by, FactorContext context) {
    return new FaceReferences(credentials, by).of(subject, context.now());
  }

  /** Remembered for the end of the login if the score is far better than the login asks for. */
  private FactorState adaptable(Match match, List<Embedding> probes) {
    if (learning.adaptation().isEmpty()) {
      return FactorState.empty();
    }
    FalseMatchRate strict = learning.adaptation().get().falseMatchRate();
    FalseMatchRate each = new FalseMatchRate(strict.value() / match.references());
    float bar = embedder.calibration().extrapolatedThreshold(each).value();
    return match.score() >= bar
        ? new LearntFace(Kind.ADAPTED, probes.get(0)).state()
        : FactorState.empty();
  }

  private Verification identify(
      FactorContext context, List<Embedding> probes, Map<String, String> details) {
    int size = Math.max(1, index.size());
    details.put("templates", Integer.toString(size));
    Map<SubjectId, float[]> scores = new HashMap<>();
    for (int i = 0; i < probes.size(); i++) {
      for (Candidate candidate : index.search(probes.get(i), CANDIDATES)) {
        // A frame in which a subject is not among the best counts as the least alike.
        scores.computeIfAbsent(candidate.subject(), s -> lowest(probes.size()))[i] =
            candidate.score().value();
      }
    }
    Optional<SubjectId> best = Optional.empty();
    float bestScore = -1;
    for (Map.Entry<SubjectId, float[]> entry : scores.entrySet()) {
      float score = FusedScore.median(entry.getValue());
      if (score > bestScore) {
        best = Optional.of(entry.getKey());
        bestScore = score;
      }
    }
    details.put("score", decimals(bestScore));
    float threshold =
        threshold(embedder.calibration(), context.policy().falseMatchRate(), size).value();
    boolean found =
        best.isPresent()
            && bestScore >= threshold
            && isConfirmed(best.get(), probes, threshold, context);
    if (found && subjects.find(best.get()).filter(s -> !s.suspended()).isPresent()) {
      return new Verification.Verified(best.get(), details);
    }
    if (found) {
      details.put("inactive", best.get().value());
    }
    return new Verification.Refused("unknown-face", details);
  }

  /**
   * The index only proposes; the store decides. A reference that another node removed, or that has
   * expired since the index was filled, proves nothing.
   */
  private boolean isConfirmed(
      SubjectId subject, List<Embedding> probes, float threshold, FactorContext context) {
    List<Embedding> references = references(subject, embedder, context);
    return !references.isEmpty() && FusedScore.of(probes, references).value() >= threshold;
  }

  private static float[] lowest(int frames) {
    float[] scores = new float[frames];
    Arrays.fill(scores, -1);
    return scores;
  }

  private static ComparisonScore threshold(
      ScoreCalibration calibration, FalseMatchRate rate, int comparisons) {
    return comparisons == 1
        ? calibration.threshold(rate)
        : calibration.extrapolatedThreshold(new FalseMatchRate(rate.value() / comparisons));
  }

  /** A template of unit length that belongs to no face. */
  private static Embedding nobody(FaceEmbedder embedder) {
    float[] values = new float[embedder.dimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? 1 : -1;
    }
    return Embedding.normalised(embedder.model().id(), values);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
