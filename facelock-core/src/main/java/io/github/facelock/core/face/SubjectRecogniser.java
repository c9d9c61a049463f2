package io.github.facelock.core.face;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceRecogniser;
import io.github.facelock.spi.face.FaceSampler;
import io.github.facelock.spi.face.FaceSampler.Sample;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares what a camera sees with a subject's references. At a score that one stranger in {@value
 * #STRANGERS} reaches it is the subject; below the lowest measured threshold of the model it is
 * somebody else; in between nobody can tell. References are read at each look, so a subject that is
 * suspended or whose references are removed is no longer recognised. Thread-safe.
 */
public final class SubjectRecogniser implements FaceRecogniser {

  /** One in so many strangers is taken for the subject. */
  public static final int STRANGERS = 10_000;

  private static final Set<Guidance> NOBODY =
      Set.of(Guidance.NO_FACE, Guidance.TOO_DARK, Guidance.TOO_BRIGHT, Guidance.UNREADABLE_PICTURE);

  private final FaceSampler sampler;
  private final FaceEmbedder embedder;
  private final CredentialStore credentials;
  private final SubjectStore subjects;
  private final Clock clock;

  /**
   * Makes a recogniser.
   *
   * @param sampler takes the largest face of each frame
   * @param embedder whose templates the sampler takes
   * @param credentials has the references
   * @param subjects tells who is suspended
   * @param clock tells which references expired
   */
  public SubjectRecogniser(
      FaceSampler sampler,
      FaceEmbedder embedder,
      CredentialStore credentials,
      SubjectStore subjects,
      Clock clock) {
    this.sampler = Objects.requireNonNull(sampler, "sampler");
    this.embedder = Objects.requireNonNull(embedder, "embedder");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.subjects = Objects.requireNonNull(subjects, "subjects");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public Sighting look(SubjectId subject, Capture capture) {
    Sample sample = sampler.take(capture);
    if (sample instanceof Sample.Unclear unclear) {
      // A frame that is dark or blank shows nobody, and a covered lens is no proof of presence.
      return nobody(unclear.problems()) ? Sighting.NOBODY : Sighting.UNCLEAR;
    }
    List<Embedding> references =
        new FaceReferences(credentials, embedder).of(subject, clock.instant());
    boolean active = subjects.find(subject).filter(found -> !found.suspended()).isPresent();
    if (references.isEmpty() || !active) {
      return Sighting.UNCLEAR;
    }
    float score = FusedScore.of(((Sample.Person) sample).templates(), references).value();
    ScoreCalibration calibration = embedder.calibration();
    FalseMatchRate each = new FalseMatchRate(1.0 / STRANGERS / references.size());
    if (score >= calibration.extrapolatedThreshold(each).value()) {
      return Sighting.SUBJECT;
    }
    return score < calibration.points().get(0).score().value()
        ? Sighting.SOMEBODY_ELSE
        : Sighting.UNCLEAR;
  }

  private static boolean nobody(Map<Guidance, Integer> problems) {
    return NOBODY.containsAll(problems.keySet());
  }
}
