package io.github.facelock.core;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.face.AdaptationRules;
import io.github.facelock.core.face.EnrolmentRules;
import io.github.facelock.core.otp.CodeSettings;
import io.github.facelock.core.password.Argon2Parameters;
import io.github.facelock.core.password.CommonSecrets;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.OtpChannel;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.HeadPoseEstimator;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.PictureDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How the factors of a {@link FaceLock} judge: passwords, codes and faces. */
abstract sealed class FactorOptions extends StoreOptions permits FaceLockBuilder {

  Argon2Parameters argon2 = Argon2Parameters.recommended();
  CommonSecrets commonSecrets = CommonSecrets.bundled();
  final CodeParts codes = new CodeParts();
  final FaceParts face = new FaceParts();
  final Map<FactorType, Factor> ownFactors = new LinkedHashMap<>();

  FactorOptions() {}

  /**
   * Sets how costly passwords are to guess; hashes with other costs are renewed at the next login.
   *
   * @param parameters the costs
   * @return this
   */
  public FaceLockBuilder passwordCosts(Argon2Parameters parameters) {
    this.argon2 = Objects.requireNonNull(parameters, "parameters");
    return self();
  }

  /**
   * Sets which passwords and PINs are too common to be accepted.
   *
   * @param commonSecrets the list
   * @return this
   */
  public FaceLockBuilder commonSecrets(CommonSecrets commonSecrets) {
    this.commonSecrets = Objects.requireNonNull(commonSecrets, "commonSecrets");
    return self();
  }

  /**
   * Adds a way for codes to reach people. Several of one factor are tried in the order of these
   * calls.
   *
   * @param channel for example a {@link io.github.facelock.core.otp.SmtpCodeChannel}
   * @return this
   */
  public FaceLockBuilder codeChannel(OtpChannel channel) {
    this.codes.channels.add(Objects.requireNonNull(channel, "channel"));
    return self();
  }

  /**
   * Sets how one-time codes look, how many are sent, and how they are accepted.
   *
   * @param settings the settings
   * @return this
   */
  public FaceLockBuilder codeSettings(CodeSettings settings) {
    codes.settings = Objects.requireNonNull(settings, "settings");
    return self();
  }

  /**
   * Adds a factor, or replaces the built-in one of its type.
   *
   * @param factor the factor
   * @return this
   */
  public FaceLockBuilder factor(Factor factor) {
    this.ownFactors.put(factor.type(), factor);
    return self();
  }

  /**
   * Replaces the decoder of pictures.
   *
   * @param decoder the decoder
   * @return this
   */
  public FaceLockBuilder pictureDecoder(PictureDecoder decoder) {
    face.decoder = Optional.of(decoder);
    return self();
  }

  /**
   * Replaces the detector of faces.
   *
   * @param detector the detector
   * @return this
   */
  public FaceLockBuilder faceDetector(FaceDetector detector) {
    face.detector = Optional.of(detector);
    return self();
  }

  /**
   * Replaces the finder of a face's points.
   *
   * @param landmarker the landmarker
   * @return this
   */
  public FaceLockBuilder faceLandmarker(FaceLandmarker landmarker) {
    face.landmarker = Optional.of(landmarker);
    return self();
  }

  /**
   * Replaces the estimator of the head's pose.
   *
   * @param headPose the estimator
   * @return this
   */
  public FaceLockBuilder headPoseEstimator(HeadPoseEstimator headPose) {
    face.headPose = Optional.of(headPose);
    return self();
  }

  /**
   * Replaces the embedder. Templates of another model stay in the store and are not compared.
   *
   * @param embedder the embedder
   * @return this
   */
  public FaceLockBuilder faceEmbedder(FaceEmbedder embedder) {
    face.embedder = Optional.of(embedder);
    return self();
  }

  /**
   * Keeps comparing references of a model that was replaced, until their owners have logged in with
   * a second factor; then they have references of both. People who say nothing (1:N) are found by
   * the present model only.
   *
   * @param former the embedder that was used before
   * @return this
   */
  public FaceLockBuilder formerFaceEmbedder(FaceEmbedder former) {
    face.former.add(Objects.requireNonNull(former, "former"));
    return self();
  }

  /**
   * Adds presentation attack detection; each detector can veto.
   *
   * @param detector the detector
   * @return this
   */
  public FaceLockBuilder livenessDetector(LivenessDetector detector) {
    face.liveness.add(Objects.requireNonNull(detector, "detector"));
    return self();
  }

  /**
   * Sets how liveness works where a policy asks for it; {@link LivenessSettings#ofDefaults()}
   * unless set.
   *
   * @param settings challenges and thresholds
   * @return this
   */
  public FaceLockBuilder liveness(LivenessSettings settings) {
    face.livenessSettings = Objects.requireNonNull(settings, "settings");
    return self();
  }

  /**
   * Sets how many references a subject may have, and what duplicates mean.
   *
   * @param rules the rules
   * @return this
   */
  public FaceLockBuilder enrolmentRules(EnrolmentRules rules) {
    face.enrolmentRules = Objects.requireNonNull(rules, "rules");
    return self();
  }

  /**
   * Lets references follow their owners as these change; off unless set.
   *
   * @param rules what guards it
   * @return this
   */
  public FaceLockBuilder faceAdaptation(AdaptationRules rules) {
    face.adaptation = Optional.of(rules);
    return self();
  }
}
