package io.github.facelock.core.face;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.SubjectStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The face as a factor: verification of a claimed subject (1:1) and identification (1:N). Stateless
 * and thread-safe.
 *
 * <p><strong>Decision.</strong> Frames are observed ({@link FacePipeline}), liveness is judged (any
 * attack refuses), the best frame of each of up to {@value #MAX_FRAMES} equal parts of the capture
 * is embedded, all of these must show one person, and the median of their scores must reach the
 * threshold of the policy's false match rate: never the luckiest frame.
 *
 * <p><strong>Several references</strong> raise the chance that a stranger matches one of them. The
 * rate that the policy asks for is therefore divided by the number of references that the probe is
 * compared with (the union bound), in identification by the number of all templates, and the
 * calibration's last slope is continued where it has no measurement. So the rate holds for the
 * whole attempt.
 *
 * <p><strong>Watch-list.</strong> The same frames are first compared with the watch-list. A hit is
 * refused as if nothing had matched, after the same work; only the details tell.
 *
 * <p>References of other models are ignored. For an unknown subject, or one without references, the
 * same work is done against a template that is nobody's. Scores are written to the audit details,
 * with three decimals, and leave the server nowhere.
 */
public final class FaceFactor implements Factor {

  /** The most frames that are compared. */
  public static final int MAX_FRAMES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(FaceFactor.class);

  private final FacePipeline pipeline;
  private final FaceComparer comparer;
  private final ReferenceLearner learner;
  private final Watch watch;
  private final ChallengeIssuer challenges;

  /**
   * Makes the factor.
   *
   * @param pipeline with the rules of verification
   * @param credentials has the references
   * @param subjects tells whether a subject that was found may log in
   * @param index is searched when nobody is claimed
   * @param watch knows faces that must not get in
   * @param learning what granted logins may change
   * @param challenges draws what is asked, where the policy's liveness mode asks for something
   */
  public FaceFactor(
      FacePipeline pipeline,
      CredentialStore credentials,
      SubjectStore subjects,
      TemplateIndex index,
      Watch watch,
      FaceLearning learning,
      ChallengeIssuer challenges) {
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(subjects, "subjects");
    Objects.requireNonNull(index, "index");
    FaceEmbedder embedder = pipeline.embedder();
    this.comparer = new FaceComparer(embedder, credentials, subjects, index, learning);
    this.learner =
        new ReferenceLearner(
            credentials,
            embedder,
            new ReferenceWriter(credentials, index, learning.random()),
            learning);
    this.watch = Objects.requireNonNull(watch, "watch");
    this.challenges = Objects.requireNonNull(challenges, "challenges");
  }

  @Override
  public FactorType type() {
    return FactorType.FACE;
  }

  /**
   * Draws a challenge where the policy's liveness mode asks for one, and asks for {@value
   * #MAX_FRAMES} frames otherwise; the same for everybody.
   */
  @Override
  public FactorStart start(FactorContext context) {
    return ask(context, FactorState.empty());
  }

  @Override
  public FactorStart restart(FactorContext context, FactorState state) {
    return ask(context, state);
  }

  /** A challenge works once, whatever became of its answer. */
  @Override
  public Optional<FactorStart> renew(FactorContext context, FactorState state) {
    return context.policy().liveness().challenges()
        ? Optional.of(ask(context, state))
        : Optional.empty();
  }

  private FactorStart ask(FactorContext context, FactorState before) {
    LivenessMode mode = context.policy().liveness();
    return mode.challenges()
        ? challenges.issue(context, before)
        : FactorStart.stateless(
            Map.of(
                "frames",
                Integer.toString(MAX_FRAMES),
                LivenessChallenge.MODE,
                mode.name().toLowerCase(Locale.ROOT)));
  }

  /**
   * {@inheritDoc}
   *
   * @throws FaceLockException.Model if the policy asks for a smaller false match rate than the
   *     embedder was measured for
   */
  @Override
  public Verification verify(FactorContext context, FactorState state, Response response) {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(response, "response");
    Map<String, String> details = new TreeMap<>();
    FaceEmbedder embedder = pipeline.embedder();
    details.put("model", embedder.model().id().value());
    if (!(response instanceof Response.Frames frames)) {
      // A client that does not follow the protocol, not a person whom the camera did not catch.
      details.put("reason", "not-frames");
      return new Verification.Refused("no-match", details);
    }
    requireMeasured(context.policy().falseMatchRate());
    LivenessMode mode = context.policy().liveness();
    return mode.challenges()
        ? verifyClip(context, state, frames.capture(), mode, details)
        : verifyPictures(context, frames.capture(), details);
  }

  private Verification verifyPictures(
      FactorContext context, Capture capture, Map<String, String> details) {
    FaceObservation seen = pipeline.observe(capture, context.policy().severalFaces());
    describe(seen, details);
    Optional<Guidance> guidance = seen.guidance();
    return guidance.isPresent()
        ? new Verification.NotAcquired(guidance.get(), details)
        : decide(
            context,
            seen,
            pipeline.judgePictures(seen.seen(), context.policy().liveness()),
            details);
  }

  private Verification verifyClip(
      FactorContext context,
      FactorState state,
      Capture capture,
      LivenessMode mode,
      Map<String, String> details) {
    Optional<ChallengeState> asked = ChallengeState.decode(state);
    if (asked.isEmpty()) {
      return new Verification.NotAcquired(Guidance.REPEAT_CHALLENGE, details);
    }
    Optional<LivenessChallenge> challenge = asked.get().challenge();
    if (challenge.isEmpty()) {
      return new Verification.NotAcquired(Guidance.CHOOSE_ANOTHER_FACTOR, details);
    }
    details.put("challenge", challenge.get().nonce());
    Duration waited = Duration.between(asked.get().issuedAt(), context.now());
    // Also of a clock that was set back: a challenge without an age is none.
    if (waited.isNegative() || waited.compareTo(challenge.get().answerWithin()) > 0) {
      details.put("reason", "challenge-expired");
      return new Verification.NotAcquired(Guidance.REPEAT_CHALLENGE, details);
    }
    ClipObservation clip =
        pipeline.watchClip(capture, context.policy().severalFaces(), challenge.get(), mode, waited);
    describe(clip.faces(), details);
    return decide(context, clip.faces(), clip.verdict(), details);
  }

  private Verification decide(
      FactorContext context,
      FaceObservation seen,
      LivenessVerdict verdict,
      Map<String, String> details) {
    FaceEmbedder embedder = pipeline.embedder();
    List<GradedFace> faces = GradedFace.best(seen.usable(), MAX_FRAMES);
    faces.stream()
        .max(Comparator.comparingDouble(g -> g.measures().grade()))
        .ifPresent(best -> details.put("frame", Integer.toString(best.frame())));
    List<Embedding> probes =
        faces.stream().map(g -> embedder.embed(g.face().picture(), g.face().landmarks())).toList();
    boolean onePerson = !probes.isEmpty() && SamePerson.inAll(probes, embedder.calibration());
    // Looked for before anything is decided, and with no effect on what is asked of the person:
    // audit and alerts know, whatever becomes of this capture.
    boolean watched = onePerson && isWatched(probes, details);
    verdict.signals().forEach((name, value) -> details.put("liveness." + name, decimals(value)));
    if (verdict instanceof LivenessVerdict.Attack attack) {
      details.put("attack", attack.cause());
      if (onePerson && !watched) {
        tellRefused(context, probes, "attack-suspected");
      }
      return new Verification.Refused("attack-suspected", details);
    }
    if (verdict instanceof LivenessVerdict.Undetermined doubt) {
      return new Verification.NotAcquired(doubt.guidance(), details);
    }
    if (probes.isEmpty()) {
      return new Verification.NotAcquired(
          seen.guidance().orElse(Guidance.UNUSABLE_CAPTURE), details);
    }
    details.put("compared", Integer.toString(probes.size()));
    if (!onePerson) {
      return new Verification.NotAcquired(Guidance.DIFFERENT_PEOPLE, details);
    }
    Verification compared = comparer.compare(context, faces, probes, details);
    if (watched) {
      return new Verification.Refused("watch-list", compared.details());
    }
    if (compared instanceof Verification.Refused refused) {
      tellRefused(context, probes, refused.cause());
    }
    return compared;
  }

  private boolean isWatched(List<Embedding> probes, Map<String, String> details) {
    Optional<WatchListEntryId> entry = watch.seen(probes);
    entry.ifPresent(id -> details.put("watch-list", id.value()));
    return entry.isPresent();
  }

  /** Whatever the watch-list makes of a refusal, it stays one, and stays charged. */
  private void tellRefused(FactorContext context, List<Embedding> probes, String cause) {
    try {
      watch.refused(context, probes, cause);
    } catch (RuntimeException fault) {
      LOG.error("The watch-list could not learn: {}", fault.getClass().getName());
    }
  }

  @Override
  public void granted(FactorContext context, FactorState learnt) {
    FaceEmbedder embedder = pipeline.embedder();
    LearntFace.read(learnt, embedder.model().id(), embedder.dimension())
        .ifPresent(face -> learner.learn(context.subject().orElseThrow(), face, context.now()));
  }

  private void requireMeasured(FalseMatchRate rate) {
    FaceEmbedder embedder = pipeline.embedder();
    if (rate.compareTo(embedder.calibration().strictest()) < 0) {
      throw new FaceLockException.Model(
          "The policy asks for a false match rate of "
              + rate
              + ", but the model "
              + embedder.model().id()
              + " was measured down to "
              + embedder.calibration().strictest()
              + ". Ask for a greater rate, or use a model that was calibrated with more data");
    }
  }

  private static void describe(FaceObservation seen, Map<String, String> details) {
    details.put("frames", Integer.toString(seen.frames()));
    details.put("usable", Integer.toString(seen.usable().size()));
    seen.problems()
        .forEach((guidance, count) -> details.put("guidance." + guidance.code(), count.toString()));
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
