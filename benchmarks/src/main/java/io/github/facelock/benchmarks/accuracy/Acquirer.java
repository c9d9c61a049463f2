package io.github.facelock.benchmarks.accuracy;

import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.Picture;
import io.github.facelock.spi.face.PictureDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Turns picture files into templates, several at once. */
public final class Acquirer {

  private final Stages stages;
  private final Path root;

  /**
   * Makes an acquirer.
   *
   * @param stages what the pictures go through
   * @param root the folder that paths are relative to
   */
  public Acquirer(Stages stages, Path root) {
    this.stages = stages;
    this.root = root;
  }

  /**
   * Makes templates.
   *
   * @param samples the pictures
   * @param threads how many work at once, 1 or more
   * @param progress is told of each picture
   * @return one result for each picture, in their order
   */
  public List<Acquisition> acquire(List<Sample> samples, int threads, Progress progress) {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Acquisition>> futures = new ArrayList<>();
      for (Sample sample : samples) {
        futures.add(workers.submit(() -> acquire(sample)));
      }
      List<Acquisition> acquisitions = new ArrayList<>();
      for (Future<Acquisition> future : futures) {
        acquisitions.add(future.get());
        progress.step();
      }
      return acquisitions;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableInput("The measurement was interrupted.", e);
    } catch (ExecutionException e) {
      // A stage failed, not a picture: the model or the native library is at fault.
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private Acquisition acquire(Sample sample) {
    byte[] file;
    try {
      file = Files.readAllBytes(root.resolve(sample.path()));
    } catch (IOException e) {
      return Acquisition.failed(
          0, "the file cannot be read", Optional.of(Guidance.UNREADABLE_PICTURE));
    }
    if (Netpbm.looksLike(file)) {
      return Netpbm.decode(file)
          .map(this::acquire)
          .orElseGet(() -> unreadable("a malformed PGM or PPM"));
    }
    PictureDecoder.Decoded decoded = stages.decoder().decode(file);
    if (decoded instanceof PictureDecoder.Decoded.Usable usable) {
      return acquire(usable.picture());
    }
    return unreadable(((PictureDecoder.Decoded.Unusable) decoded).cause().name());
  }

  private static Acquisition unreadable(String cause) {
    return Acquisition.failed(
        0, "unreadable picture: " + cause, Optional.of(Guidance.UNREADABLE_PICTURE));
  }

  private Acquisition acquire(Picture picture) {
    List<DetectedFace> faces = stages.detector().detect(picture);
    Optional<Guidance> guidance = stages.gate().judge(picture);
    // Labelled pictures show their person largest; others stand in the background.
    Optional<DetectedFace> largest =
        faces.stream()
            .max(Comparator.comparingDouble(f -> (double) f.box().width() * f.box().height()));
    if (largest.isEmpty()) {
      return Acquisition.failed(0, "no face found", guidance);
    }
    DetectedFace face = largest.get();
    Landmarks landmarks =
        face.landmarks().orElseGet(() -> stages.landmarker().locate(picture, face));
    return new Acquisition(
        faces.size(), Optional.of(stages.embedder().embed(picture, landmarks)), "", guidance);
  }
}
