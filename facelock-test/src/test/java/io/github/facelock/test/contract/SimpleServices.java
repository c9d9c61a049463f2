package io.github.facelock.test.contract;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.DetectedFace;
import io.github.facelock.api.face.DetectionConfidence;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FaceBox;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Landmarks;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ModelInfo;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.api.face.Picture;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.spi.Attempt;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.KeyProvider;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.face.FaceDetector;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceLandmarker;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.spi.face.TemplateIndex;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The plainest services that keep their contract, on toy pictures: a face is a square of one
 * colour, its person is the colour. Broken ones are made from them.
 */
final class SimpleServices {

  static final ModelId MODEL = new ModelId("toy-1");

  private SimpleServices() {}

  /** Five wrong answers, then a block of a minute; counts per factor and subject, or source. */
  static class Limiter implements AttemptLimiter {
    static final int MOST = 5;

    private record Count(int consecutive, Instant last) {}

    private final Map<String, Count> counts = new HashMap<>();
    final Clock clock;

    Limiter(Clock clock) {
      this.clock = clock;
    }

    String key(Attempt attempt) {
      return attempt.factor()
          + " "
          + attempt.claimed().map(SubjectId::value).orElse(attempt.source());
    }

    @Override
    public synchronized Charge charge(Attempt attempt) {
      Count count = counts.getOrDefault(key(attempt), new Count(0, Instant.EPOCH));
      Instant until = count.last().plusSeconds(60);
      if (count.consecutive() >= MOST && clock.instant().isBefore(until)) {
        return new Charge.Blocked(until);
      }
      counts.put(key(attempt), new Count(count.consecutive() + 1, clock.instant()));
      return new Charge.Permitted(attempt);
    }

    @Override
    public synchronized void refund(Charge.Permitted permitted) {
      counts.computeIfPresent(
          key(permitted.attempt()), (k, c) -> new Count(c.consecutive() - 1, c.last()));
    }

    @Override
    public synchronized void succeeded(Charge.Permitted permitted) {
      counts.remove(key(permitted.attempt()));
    }

    @Override
    public synchronized void unlock(SubjectId subject, FactorType factor) {
      counts.remove(key(new Attempt(factor, Optional.of(subject), "")));
    }
  }

  static class Keys implements KeyProvider {
    @Override
    public String currentKeyId() {
      return "k1";
    }

    @Override
    public Optional<SecretKey> key(String id) {
      return id.equals("k1")
          ? Optional.of(new SecretKeySpec(new byte[32], "AES"))
          : Optional.empty();
    }
  }

  /** A picture of a square of one colour on black. */
  static Picture square(int red, int green, int blue) {
    Picture.Builder picture = Picture.builder(64, 64);
    for (int y = 16; y < 48; y++) {
      for (int x = 16; x < 48; x++) {
        int at = (y * 64 + x) * 3;
        picture.pixels()[at] = (byte) red;
        picture.pixels()[at + 1] = (byte) green;
        picture.pixels()[at + 2] = (byte) blue;
      }
    }
    return picture.build();
  }

  static final FaceBox BOX = new FaceBox(16, 16, 32, 32);

  static final Landmarks POINTS = Landmarks.of(24, 24, 40, 24, 32, 32, 26, 40, 38, 40);

  static class Detector implements FaceDetector {
    @Override
    public List<DetectedFace> detect(Picture picture) {
      if (picture.width() != 64 || picture.pixels().get((32 * 64 + 32) * 3) == 0) {
        return List.of();
      }
      return List.of(new DetectedFace(BOX, new DetectionConfidence(1), Optional.of(POINTS)));
    }
  }

  static class Landmarker implements FaceLandmarker {
    @Override
    public Landmarks locate(Picture picture, DetectedFace face) {
      Objects.requireNonNull(picture);
      FaceBox box = face.box();
      float[] xy = new float[10];
      for (int i = 0; i < 5; i++) {
        xy[2 * i] = box.x() + (POINTS.x(i) - 16) / 32 * box.width();
        xy[2 * i + 1] = box.y() + (POINTS.y(i) - 16) / 32 * box.height();
      }
      return Landmarks.of(xy);
    }
  }

  static class Embedder implements FaceEmbedder {
    @Override
    public ModelInfo model() {
      return new ModelInfo(MODEL, "1", "Apache-2.0", "FaceLock", "a toy", "");
    }

    @Override
    public int dimension() {
      return 3;
    }

    @Override
    public ScoreCalibration calibration() {
      return ScoreCalibration.of(
          List.of(
              new ScoreCalibration.Point(new ComparisonScore(0.9f), FalseMatchRate.oneIn(1000)),
              new ScoreCalibration.Point(
                  new ComparisonScore(0.95f), FalseMatchRate.oneIn(10_000))));
    }

    @Override
    public Embedding embed(Picture picture, Landmarks landmarks) {
      int at = (Math.round(landmarks.y(2)) * picture.width() + Math.round(landmarks.x(2))) * 3;
      ByteBuffer pixel = picture.pixels().position(at);
      return Embedding.normalised(
          MODEL, 1 + (pixel.get() & 0xff), 1 + (pixel.get() & 0xff), 1 + (pixel.get() & 0xff));
    }
  }

  /** A person moves. */
  static class Liveness implements LivenessDetector {
    @Override
    public LivenessVerdict judge(List<ObservedFace> faces) {
      double moved = faces.get(faces.size() - 1).face().box().x() - faces.get(0).face().box().x();
      Map<String, Double> signals = Map.of("moved", moved);
      return moved != 0
          ? new LivenessVerdict.BonaFide(signals)
          : new LivenessVerdict.Attack("still", signals);
    }
  }

  static class Index implements TemplateIndex {
    record Key(SubjectId subject, CredentialId credential) {
      Key {
        Objects.requireNonNull(subject);
        Objects.requireNonNull(credential);
      }
    }

    final Map<Key, Embedding> templates = new LinkedHashMap<>();
    private final ModelId model;

    Index(ModelId model) {
      this.model = model;
    }

    void requireOwn(Embedding template) {
      if (!template.model().equals(model)) {
        throw new IllegalArgumentException("This index serves another model");
      }
    }

    @Override
    public synchronized void put(SubjectId subject, CredentialId credential, Embedding template) {
      requireOwn(template);
      templates.put(new Key(subject, credential), template);
    }

    @Override
    public synchronized void remove(SubjectId subject, CredentialId credential) {
      templates.remove(new Key(subject, credential));
    }

    @Override
    public synchronized List<Candidate> search(Embedding probe, int most) {
      requireOwn(probe);
      Map<SubjectId, Candidate> best = new LinkedHashMap<>();
      templates.forEach(
          (key, template) ->
              best.merge(
                  key.subject(),
                  new Candidate(key.subject(), key.credential(), probe.compare(template)),
                  (a, b) -> a.score().compareTo(b.score()) >= 0 ? a : b));
      List<Candidate> sorted = new ArrayList<>(best.values());
      sorted.sort(Comparator.comparing(Candidate::score).reversed());
      return sorted.subList(0, Math.min(most, sorted.size()));
    }

    @Override
    public synchronized Set<SubjectId> subjects() {
      return templates.keySet().stream().map(Key::subject).collect(Collectors.toSet());
    }

    @Override
    public synchronized Set<CredentialId> credentials(SubjectId subject) {
      Objects.requireNonNull(subject);
      return templates.keySet().stream()
          .filter(key -> key.subject().equals(subject))
          .map(Key::credential)
          .collect(Collectors.toSet());
    }

    @Override
    public synchronized int size() {
      return templates.size();
    }
  }

  /** Knows one word that works once. */
  static class OneWord implements Factor {
    static final FactorType TYPE = FactorType.EMAIL_CODE;
    static final String WORD = "open sesame";

    boolean spent;

    @Override
    public FactorType type() {
      return TYPE;
    }

    @Override
    public FactorStart start(FactorContext context) {
      Objects.requireNonNull(context);
      return FactorStart.stateless(Map.of("words", "2"));
    }

    @Override
    public synchronized Verification verify(
        FactorContext context, FactorState state, Response response) {
      Objects.requireNonNull(context);
      Objects.requireNonNull(response);
      if (spent
          || context.subject().isEmpty()
          || !(response instanceof Response.Text text)
          || !text.secret().equals(Secret.of(WORD))) {
        return new Verification.Refused("word-wrong", Map.of());
      }
      spent = true;
      return new Verification.Verified(context.subject().get(), Map.of());
    }
  }
}
