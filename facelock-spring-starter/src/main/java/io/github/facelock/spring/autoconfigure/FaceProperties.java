package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.core.face.DuplicateRule;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The face step.
 *
 * @param detector Detector of your own (YuNet) instead of the bundled one.
 * @param embedder Model of your own (ArcFace or SFace) instead of the bundled one.
 * @param challenge What a challenge asks for.
 * @param maxReferences How many references a person may have.
 * @param duplicates What happens when a face is enrolled that somebody else has.
 * @param referenceLifetime How long a reference is used. For ever unless set.
 * @param adaptation Whether references follow their owners as these change.
 */
@ConfigurationProperties("facelock.face")
@Validated
record FaceProperties(
    @DefaultValue Detector detector,
    @DefaultValue Embedder embedder,
    @DefaultValue Challenge challenge,
    @Nullable @Min(1) Integer maxReferences,
    @Nullable DuplicateRule duplicates,
    @Nullable Duration referenceLifetime,
    @DefaultValue("false") boolean adaptation) {

  /**
   * A detector.
   *
   * @param file File of the YuNet network (ONNX).
   * @param sha256 Digest of the file, 64 hexadecimal digits.
   */
  record Detector(@Nullable Path file, @Nullable String sha256) {}

  /** How an embedder wants its pixels. */
  enum Recipe {
    /** As the ArcFace networks. */
    ARCFACE,
    /** As SFace of OpenCV's model zoo. */
    SFACE
  }

  /**
   * A model that tells faces apart.
   *
   * @param file File of the network (ONNX).
   * @param sha256 Digest of the file, 64 hexadecimal digits.
   * @param id Name of weights and recipe together; stored with each template.
   * @param recipe How the network wants its pixels.
   * @param calibration Which scores strangers reach, as score:false-match-rate entries such as
   *     0.42:1e-4, measured with these weights on many people.
   * @param version Version of the weights, for the record.
   * @param licence Licence of the weights, for the record.
   * @param holder Who holds the rights, for the record.
   */
  record Embedder(
      @Nullable Path file,
      @Nullable String sha256,
      @DefaultValue("own") String id,
      @DefaultValue("arcface") Recipe recipe,
      @DefaultValue List<String> calibration,
      @DefaultValue("unknown") String version,
      @DefaultValue("not stated") String licence,
      @DefaultValue("not stated") String holder) {
    Embedder {
      calibration = List.copyOf(calibration);
    }
  }

  /**
   * A challenge.
   *
   * @param actions Actions that may be asked for. All unless set.
   * @param colours How many colours the screen shows. Defaults to the built-in number; 0 for none.
   */
  record Challenge(@DefaultValue Set<LivenessAction> actions, @Nullable Integer colours) {
    Challenge {
      actions = Set.copyOf(actions);
    }
  }
}
