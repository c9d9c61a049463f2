package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.core.FaceLock;
import io.github.facelock.core.LivenessSettings;
import io.github.facelock.core.face.AdaptationRules;
import io.github.facelock.core.face.ChallengeRules;
import io.github.facelock.core.face.EnrolmentRules;
import io.github.facelock.core.onnx.ArcFaceEmbedder;
import io.github.facelock.core.onnx.EmbedderRecipe;
import io.github.facelock.core.onnx.YuNetDetector;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the parts of the face step that are not the bundled ones. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(FaceLock.class)
final class FaceConfiguration {

  @Bean
  @ConditionalOnProperty("facelock.face.embedder.file")
  @ConditionalOnMissingBean(FaceEmbedder.class)
  ArcFaceEmbedder faceLockEmbedder(FaceProperties face) {
    FaceProperties.Embedder given = face.embedder();
    Path file = Objects.requireNonNull(given.file());
    String digest = digest(given.sha256(), "facelock.face.embedder.sha256", file);
    return FaceLockSettingException.checked(
        "facelock.face.embedder",
        () -> {
          ModelId id = new ModelId(given.id());
          ScoreCalibration calibration = calibration(given.calibration());
          EmbedderRecipe recipe =
              switch (given.recipe()) {
                case ARCFACE -> EmbedderRecipe.arcFace(id, calibration);
                case SFACE -> EmbedderRecipe.sface(id, calibration);
              };
          return ArcFaceEmbedder.open(
              file, digest, recipe.origin(given.version(), given.licence(), given.holder(), ""));
        });
  }

  private static ScoreCalibration calibration(List<String> points) {
    return ScoreCalibration.of(
        points.stream()
            .map(
                point -> {
                  int colon = point.indexOf(':');
                  if (colon < 1) {
                    throw new IllegalArgumentException(
                        "A point of a calibration is of the form score:false-match-rate");
                  }
                  return new ScoreCalibration.Point(
                      new ComparisonScore(Float.parseFloat(point.substring(0, colon).strip())),
                      new FalseMatchRate(Double.parseDouble(point.substring(colon + 1).strip())));
                })
            .toList());
  }

  @Bean
  @ConditionalOnProperty("facelock.face.detector.file")
  @ConditionalOnMissingBean(FaceDetector.class)
  YuNetDetector faceLockDetector(FaceProperties face) {
    Path file = Objects.requireNonNull(face.detector().file());
    return YuNetDetector.open(
        file, digest(face.detector().sha256(), "facelock.face.detector.sha256", file));
  }

  private static String digest(@Nullable String sha256, String property, Path file) {
    if (sha256 == null) {
      throw new FaceLockSettingException(
          "The model " + file + " is named without its digest",
          "Set " + property + " to the SHA-256 of the file that was reviewed.");
    }
    return sha256;
  }

  @Bean
  @ConditionalOnMissingBean
  EnrolmentRules faceLockEnrolmentRules(FaceProperties face) {
    return FaceLockSettingException.checked(
        "facelock.face",
        () -> {
          EnrolmentRules usual = EnrolmentRules.defaults();
          return new EnrolmentRules(
              Objects.requireNonNullElse(face.maxReferences(), usual.maxReferences()),
              usual.maxPerCapture(),
              Objects.requireNonNullElse(face.duplicates(), usual.duplicates()),
              usual.duplicateRate(),
              usual.agreementRate(),
              usual.attributes(),
              Optional.ofNullable(face.referenceLifetime()).or(usual::lifetime));
        });
  }

  @Bean
  @ConditionalOnMissingBean
  LivenessSettings faceLockLivenessSettings(FaceProperties face) {
    return FaceLockSettingException.checked(
        "facelock.face.challenge",
        () -> {
          ChallengeRules rules = ChallengeRules.ofDefaults();
          if (!face.challenge().actions().isEmpty()) {
            rules = rules.withActions(face.challenge().actions());
          }
          Integer colours = face.challenge().colours();
          return LivenessSettings.ofDefaults()
              .with(colours == null ? rules : rules.withColours(colours));
        });
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty("facelock.face.adaptation")
  AdaptationRules faceLockAdaptationRules() {
    return AdaptationRules.ofDefaults();
  }
}
