package io.github.facelock.core;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.core.face.AdaptationRules;
import io.github.facelock.core.face.CaptureGuide;
import io.github.facelock.core.face.ChallengeIssuer;
import io.github.facelock.core.face.EnrolmentRules;
import io.github.facelock.core.face.FaceEnroller;
import io.github.facelock.core.face.FaceFactor;
import io.github.facelock.core.face.FaceLearning;
import io.github.facelock.core.face.FacePipeline;
import io.github.facelock.core.face.IndexFollower;
import io.github.facelock.core.face.PipelineSampler;
import io.github.facelock.core.face.QualityRules;
import io.github.facelock.core.face.Resemblance;
import io.github.facelock.core.face.SubjectRecogniser;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.core.liveness.ChallengeLiveness;
import io.github.facelock.core.liveness.PassiveLiveness;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.core.onnx.OnnxModels;
import io.github.facelock.core.watchlist.FaceComparison;
import io.github.facelock.core.watchlist.WatchListRegistry;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.store.AttemptStore;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.SubjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The stages of the face step, those that the caller replaced and the bundled ones for the rest.
 */
final class FaceParts {

  /** How often a node asks what others enrolled: found within a second, as the documents say. */
  private static final Duration FOLLOW = Duration.ofMillis(250);

  Optional<PictureDecoder> decoder = Optional.empty();
  Optional<FaceDetector> detector = Optional.empty();
  Optional<FaceLandmarker> landmarker = Optional.empty();
  Optional<HeadPoseEstimator> headPose = Optional.empty();
  Optional<FaceEmbedder> embedder = Optional.empty();
  EnrolmentRules enrolmentRules = EnrolmentRules.defaults();
  LivenessSettings livenessSettings = LivenessSettings.ofDefaults();
  final List<LivenessDetector> liveness = new ArrayList<>();
  final List<FaceEmbedder> former = new ArrayList<>();
  Optional<AdaptationRules> adaptation = Optional.empty();

  /**
   * Puts the stages together. The bundled models are opened only if something needs them.
   *
   * @param attempts remembers which challenge a subject had last
   * @param modes the policies' modes of liveness
   * @param owned takes what must be closed at the end
   * @param watching opens the watch-list when it is known how faces are compared
   * @param learnt is told of references that logins left
   * @param watched is told who was about to be enrolled although on the list
   */
  FaceStep assemble(
      SubjectStore subjects,
      CredentialStore credentials,
      AttemptStore attempts,
      Set<LivenessMode> modes,
      SecureRandom random,
      Clock clock,
      Deque<AutoCloseable> owned,
      Function<FaceComparison, WatchListRegistry> watching,
      BiConsumer<SubjectId, WatchListEntryId> watched,
      BiConsumer<SubjectId, CredentialId> learnt) {
    Bundled bundled = new Bundled(owned);
    FaceDetector detects = detector.orElseGet(() -> bundled.use("fr_detect").detector());
    FaceLandmarker locates = landmarker.orElseGet(() -> bundled.use("fr_landmark").landmarker());
    FaceEmbedder embeds = embedder.orElseGet(() -> bundled.use("fr_feature").embedder());
    // The bundled pose estimator is calibrated for the bundled detector's boxes: it goes with it.
    Optional<HeadPoseEstimator> poses =
        headPose.or(
            () ->
                detector.isPresent()
                    ? Optional.empty()
                    : Optional.of(bundled.use("fr_pose").headPose()));
    List<LivenessDetector> judges = new ArrayList<>(liveness);
    if (modes.stream().anyMatch(LivenessMode::challenges)) {
      judges.add(challengeLiveness(bundled, poses, embeds));
      judges.add(bundled.use("fr_liveness").spoofHint());
    }
    FacePipeline pipeline =
        new FacePipeline(
            decoder.orElseGet(() -> new SafePictureDecoder(DecodeLimits.defaults())),
            detects,
            locates,
            poses,
            embeds,
            judges,
            QualityRules.forVerification());
    if (modes.contains(LivenessMode.PASSIVE)) {
      pipeline =
          pipeline
              .withPassive(new PassiveLiveness(livenessSettings.thresholds().screen()))
              .withPassive(bundled.use("fr_liveness").spoofHint());
    }
    TemplateIndex index = new ExactTemplateIndex(embeds.model().id(), embeds.dimension());
    // Made before the index is filled, so that no change falls between.
    IndexFollower follower = new IndexFollower(credentials, embeds, index, clock);
    owned.push(follower);
    FaceLearning learning = new FaceLearning(former, adaptation, random, learnt);
    Resemblance resemblance = new Resemblance(embeds, credentials, index);
    WatchListRegistry watch =
        watching.apply(
            new FaceComparison(
                embeds.model().id(),
                embeds.calibration(),
                new PipelineSampler(pipeline, SeveralFaces.REJECT),
                resemblance::toSomebody));
    FaceEnroller enroller =
        new FaceEnroller(
            pipeline.with(QualityRules.forEnrolment()),
            credentials,
            subjects,
            index,
            random,
            clock,
            enrolmentRules,
            watch,
            watched,
            follower::catchUp);
    ChallengeIssuer issuer = new ChallengeIssuer(livenessSettings.challenges(), attempts, random);
    enroller.loadIndex();
    follower.follow(FOLLOW);
    return new FaceStep(
        new FaceFactor(pipeline, credentials, subjects, index, watch, learning, issuer),
        new CaptureGuide(pipeline),
        enroller,
        EnrolmentChallenges.of(issuer, modes, clock),
        new SubjectRecogniser(
            new PipelineSampler(pipeline, SeveralFaces.LARGEST),
            embeds,
            credentials,
            subjects,
            clock),
        watch,
        Stream.concat(Stream.of(embeds), former.stream()).map(FaceEmbedder::calibration).toList(),
        models(bundled, embeds));
  }

  /**
   * Judges clips. Steadier points than the rest of the face step needs; those of a landmarker of
   * the caller's own are taken as they are.
   */
  private ChallengeLiveness challengeLiveness(
      Bundled bundled, Optional<HeadPoseEstimator> poses, FaceEmbedder embeds) {
    return new ChallengeLiveness(
        landmarker.orElseGet(() -> bundled.use("fr_landmark").steadyLandmarker()),
        poses.orElseThrow(
            () ->
                new IllegalStateException(
                    "A policy asks for active liveness, which needs to know where a head points:"
                        + " add headPoseEstimator(…) for the boxes of your detector, or say"
                        + " liveness(…) in the policy")),
        bundled.use("fr_eye").eyeOpenness(),
        embeds,
        livenessSettings.thresholds());
  }

  /** The embedder's model, and the bundled ones in use; a detector of one's own names none. */
  private static List<ModelInfo> models(Bundled bundled, FaceEmbedder embeds) {
    Map<ModelId, ModelInfo> byId = new LinkedHashMap<>();
    bundled.inUse().forEach(model -> byId.put(model.id(), model));
    byId.put(embeds.model().id(), embeds.model());
    return List.copyOf(byId.values());
  }

  /** The bundled models, opened when first asked for. */
  private static final class Bundled {
    private final Deque<AutoCloseable> owned;
    private final Set<String> used = new HashSet<>();
    private Optional<OnnxModels> models = Optional.empty();

    Bundled(Deque<AutoCloseable> owned) {
      this.owned = owned;
    }

    OnnxModels use(String id) {
      used.add(id);
      if (models.isEmpty()) {
        OnnxModels opened = OnnxModels.bundled();
        owned.push(opened);
        models = Optional.of(opened);
      }
      return models.get();
    }

    List<ModelInfo> inUse() {
      return models.map(OnnxModels::infos).orElse(List.of()).stream()
          .filter(info -> used.contains(info.id().value()))
          .toList();
    }
  }
}
