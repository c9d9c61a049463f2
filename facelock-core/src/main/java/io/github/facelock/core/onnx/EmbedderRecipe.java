package io.github.facelock.core.onnx;

import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.core.image.TensorFormat;
import java.util.Objects;

/**
 * What an embedding network of the ArcFace kind expects beyond its file: pixels, alignment, and
 * which scores strangers reach. Immutable; each method gives a changed copy.
 */
public final class EmbedderRecipe {

  private static final int FIVE_POINTS = 10;

  /**
   * Where most such networks expect right eye, left eye, nose, right and left mouth corner, in 112
   * × 112 pixels (J. Deng and others, "ArcFace", 2019).
   */
  private static final float[] ARCFACE = {
    38.2946f, 51.6963f, 73.5318f, 51.5014f, 56.0252f, 71.7366f, 41.5493f, 92.3655f, 70.7299f,
    92.2041f
  };

  private final ModelId id;
  private final ScoreCalibration calibration;
  private final TensorFormat format;
  private final float[] template;
  private final String version;
  private final String licence;
  private final String holder;
  private final String caveat;

  private EmbedderRecipe(
      ModelId id,
      ScoreCalibration calibration,
      TensorFormat format,
      float[] template,
      String version,
      String licence,
      String holder,
      String caveat) {
    this.id = Objects.requireNonNull(id, "id");
    this.calibration = Objects.requireNonNull(calibration, "calibration");
    this.format = Objects.requireNonNull(format, "format");
    this.template = template;
    this.version = Objects.requireNonNull(version, "version");
    this.licence = Objects.requireNonNull(licence, "licence");
    this.holder = Objects.requireNonNull(holder, "holder");
    this.caveat = Objects.requireNonNull(caveat, "caveat");
  }

  /**
   * The recipe of the ArcFace networks: RGB, (x − 127.5) / 127.5, the usual template.
   *
   * @param id names weights and recipe together; a changed recipe needs a new one
   * @param calibration which scores strangers reach, measured with these weights and this recipe
   * @return the recipe
   */
  public static EmbedderRecipe arcFace(ModelId id, ScoreCalibration calibration) {
    return new EmbedderRecipe(
        id,
        calibration,
        TensorFormat.of(TensorFormat.Colour.RGB, TensorFormat.Layout.PLANAR, 127.5f, 1 / 127.5f),
        ARCFACE.clone(),
        "unknown",
        "not stated",
        "not stated",
        "");
  }

  /**
   * The recipe of SFace (Y. Zhong and others, 2021; OpenCV model zoo): RGB from 0 to 255, which the
   * network scales itself, the usual template.
   *
   * @param id names weights and recipe together
   * @param calibration which scores strangers reach, measured with these weights and this recipe
   * @return the recipe
   */
  public static EmbedderRecipe sface(ModelId id, ScoreCalibration calibration) {
    return arcFace(id, calibration)
        .pixels(TensorFormat.of(TensorFormat.Colour.RGB, TensorFormat.Layout.PLANAR, 0, 1));
  }

  /** The bundled embedder's recipe, as its descriptor tells it. */
  static EmbedderRecipe of(ModelDescriptor descriptor) {
    ModelInfo info = descriptor.info();
    return new EmbedderRecipe(
        info.id(),
        descriptor.calibration(),
        descriptor.format(),
        descriptor.numbers("alignment.template"),
        info.version(),
        info.licence(),
        info.holder(),
        info.caveat());
  }

  /**
   * Changes how pixels are given to the network.
   *
   * @param format three channels, planar
   * @return a changed copy
   * @throws IllegalArgumentException if the format is grey or interleaved
   */
  public EmbedderRecipe pixels(TensorFormat format) {
    if (format.colour().channels() != 3 || format.layout() != TensorFormat.Layout.PLANAR) {
      throw new IllegalArgumentException("An ArcFace network takes three planes of colour");
    }
    return new EmbedderRecipe(id, calibration, format, template, version, licence, holder, caveat);
  }

  /**
   * Changes where the face is aligned to.
   *
   * @param xy x and y of right eye, left eye, nose, right and left mouth corner, in the pixels of
   *     the network's input
   * @return a changed copy
   * @throws IllegalArgumentException if there are not ten finite values
   */
  public EmbedderRecipe template(float... xy) {
    if (xy.length != FIVE_POINTS) {
      throw new IllegalArgumentException("An alignment template has five points");
    }
    for (float value : xy) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("An alignment template needs finite coordinates");
      }
    }
    return new EmbedderRecipe(
        id, calibration, format, xy.clone(), version, licence, holder, caveat);
  }

  /**
   * Says where the weights are from; shown to whoever asks for the model.
   *
   * @param version of the weights
   * @param licence SPDX identifier, or words
   * @param holder who holds the rights
   * @param caveat what to know before relying on them; may be empty
   * @return a changed copy
   */
  public EmbedderRecipe origin(String version, String licence, String holder, String caveat) {
    return new EmbedderRecipe(id, calibration, format, template, version, licence, holder, caveat);
  }

  ModelInfo info(String sha256) {
    return new ModelInfo(id, version, licence, holder, caveat, sha256);
  }

  ScoreCalibration calibration() {
    return calibration;
  }

  TensorFormat format() {
    return format;
  }

  float[] template() {
    return template.clone();
  }
}
