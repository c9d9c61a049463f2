package io.github.facelock.core.onnx;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.core.image.Border;
import io.github.facelock.spi.face.LivenessDetector;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a passive network says of single faces: a hint for the audit trail ({@code
 * liveness.hint.ID}, 0 person to 1 attack), never a veto. No passive network that was measured is a
 * gate; whoever has measured one better may wrap it in a {@link LivenessDetector} of their own.
 * Looks at the first face and the one in the middle. Thread-safe.
 */
public final class SpoofHint implements LivenessDetector, AutoCloseable {

  private final FixedNetwork network;
  private final ModelId id;
  private final float crop;
  private final int live;
  private final int classes;

  private SpoofHint(FixedNetwork network, ModelId id, float crop, int live, int classes) {
    this.network = network;
    this.id = id;
    this.crop = crop;
    this.live = live;
    this.classes = classes;
  }

  /**
   * Opens weights of the caller's own, with the usual options.
   *
   * @param weights an ONNX file
   * @param sha256 its digest, 64 hexadecimal digits; checked before the file is parsed
   * @param recipe what the network expects
   * @return the hint; close it
   * @throws FaceLockException.Model if the file is missing, altered, no ONNX file or of another
   *     kind
   * @throws FaceLockException.NativeLibrary if ONNX Runtime cannot be loaded
   */
  public static SpoofHint open(Path weights, String sha256, SpoofRecipe recipe) {
    Network network =
        Network.load(
            Weights.ofFile(weights, sha256.strip().toLowerCase(Locale.ROOT)),
            OnnxOptions.defaults());
    ModelSignature found = network.signature();
    String input = found.inputs().keySet().stream().findFirst().orElse("input");
    String output = found.outputs().keySet().stream().findFirst().orElse("output");
    int side = recipe.side();
    network.require(
        new ModelSignature().input(input, 1, 3, side, side).output(output, 1, recipe.classes()));
    return new SpoofHint(
        new FixedNetwork(
            network, recipe.format(), side, side, Map.of(output, new long[] {1, recipe.classes()})),
        recipe.id(),
        recipe.crop(),
        recipe.live(),
        recipe.classes());
  }

  static SpoofHint bundled(FixedNetwork network, ModelDescriptor descriptor) {
    return new SpoofHint(
        network,
        descriptor.info().id(),
        descriptor.number("crop.factor"),
        0,
        (int) descriptor.numbers("output.output.shape")[1]);
  }

  @Override
  public LivenessVerdict judge(List<ObservedFace> faces) {
    double sum = 0;
    int[] chosen = {0, faces.size() / 2};
    for (int i : chosen) {
      sum += attack(faces.get(i)) / chosen.length;
    }
    return new LivenessVerdict.BonaFide(Map.of("hint." + id.value(), sum));
  }

  /**
   * Looks at one face.
   *
   * @param face in its picture
   * @return 0 (a person, says the network) to 1 (an attack)
   * @throws IllegalStateException if this was closed
   */
  public double attack(ObservedFace face) {
    Buffers buffers = network.acquire();
    try {
      buffers
          .sampler()
          .crop(
              face.picture(),
              FixedNetwork.square(face.face().box(), crop),
              Border.REPLICATE,
              buffers.input());
      network.run(buffers);
      return 1 - share(buffers.output(0));
    } finally {
      network.release(buffers);
    }
  }

  /** Of the class of people; some networks end with shares, others with their logarithms. */
  private double share(FloatBuffer output) {
    double[] values = new double[classes];
    for (int i = 0; i < classes; i++) {
      values[i] = output.get(i);
    }
    double sum = Arrays.stream(values).sum();
    if (Math.abs(sum - 1) < 1e-3 && Arrays.stream(values).allMatch(v -> v >= 0 && v <= 1)) {
      return values[live];
    }
    double greatest = Arrays.stream(values).max().orElse(0);
    double total = Arrays.stream(values).map(v -> Math.exp(v - greatest)).sum();
    return Math.exp(values[live] - greatest) / total;
  }

  /** Frees the network; idempotent. The bundled one is freed with its models. */
  @Override
  public void close() {
    network.close();
  }
}
