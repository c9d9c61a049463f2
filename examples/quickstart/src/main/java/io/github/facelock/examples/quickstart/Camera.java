package io.github.facelock.examples.quickstart;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.LivenessChallenge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A telephone's camera, and what happens before it after the page has shown a challenge. */
@FunctionalInterface
interface Camera {

  /** Films what somebody does who reads the challenge. */
  Capture film(LivenessChallenge challenge);

  /** Always the same view: nobody there. */
  static Camera showing(Photograph view) {
    byte[] jpeg = view.jpeg();
    return challenge -> {
      List<CapturedFrame> frames = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        frames.add(CapturedFrame.encoded(Duration.ofMillis(125L * i), jpeg));
      }
      return Capture.of(frames);
    };
  }

  /** The same in other light, out of focus, or with somebody beside. */
  default Camera seen(UnaryOperator<Photograph> otherwise) {
    return challenge ->
        Capture.of(
            film(challenge).frames().stream()
                .map(f -> CapturedFrame.encoded(f.at(), otherwise.apply(Photograph.of(f)).jpeg()))
                .toList());
  }

  /** A camera that keeps what it films: malware on the telephone, say. */
  final class Recorder implements Camera {
    private final Camera camera;
    private Optional<Capture> last = Optional.empty();

    Recorder(Camera camera) {
      this.camera = camera;
    }

    @Override
    public Capture film(LivenessChallenge challenge) {
      Capture clip = camera.film(challenge);
      last = Optional.of(clip);
      return clip;
    }

    /** Sends the last clip again, whatever is asked. */
    Camera replay() {
      return challenge -> last.orElseThrow();
    }
  }
}
