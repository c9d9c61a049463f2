package io.github.facelock.core.onnx;

import io.github.facelock.api.face.ModelId;
import io.github.facelock.core.image.TensorFormat;
import java.util.Objects;

/**
 * What a passive network for presentation attack detection expects beyond its file. Immutable.
 *
 * @param id names weights and recipe together
 * @param side of the square input, 32 to 512 pixels
 * @param format of the pixels, three planes
 * @param crop how many times as high as the face's box the square crop is, 1 to 6
 * @param live number of the output that stands for a person
 * @param classes how many outputs there are, 2 to 10
 */
public record SpoofRecipe(
    ModelId id, int side, TensorFormat format, float crop, int live, int classes) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SpoofRecipe {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(format, "format");
    boolean input = side >= 32 && side <= 512 && crop >= 1 && crop <= 6;
    boolean output = classes >= 2 && classes <= 10 && live >= 0 && live < classes;
    if (!(input && output) || format.colour().channels() != 3) {
      throw new IllegalArgumentException("The recipe's values are out of range");
    }
  }

  /**
   * MiniFASNetV2 of Silent-Face-Anti-Spoofing: 80 × 80, BGR from 0 to 255, 2.7 times the face, the
   * second of three outputs is a person.
   *
   * @param id names the weights
   * @return the recipe
   */
  public static SpoofRecipe miniFasNetV2(ModelId id) {
    return miniFasNet(id, 2.7f);
  }

  /**
   * MiniFASNetV1SE of Silent-Face-Anti-Spoofing: the same, four times the face.
   *
   * @param id names the weights
   * @return the recipe
   */
  public static SpoofRecipe miniFasNetV1Se(ModelId id) {
    return miniFasNet(id, 4);
  }

  private static SpoofRecipe miniFasNet(ModelId id, float crop) {
    return new SpoofRecipe(
        id,
        80,
        TensorFormat.of(TensorFormat.Colour.BGR, TensorFormat.Layout.PLANAR, 0, 1),
        crop,
        1,
        3);
  }
}
