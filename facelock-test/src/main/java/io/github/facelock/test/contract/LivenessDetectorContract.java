package io.github.facelock.test.contract;

import static io.github.facelock.test.contract.Refusals.nullOf;
import static io.github.facelock.test.contract.Refusals.refusesNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ObservedFace;
import io.github.facelock.spi.face.LivenessDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LivenessDetector} promises, seen on two captures of the implementer's. How many
 * attacks it finds is not a contract but a measurement (ISO/IEC 30107-3: APCER, BPCER).
 *
 * <pre>{@code
 * class MyLivenessTest extends LivenessDetectorContract {
 *   @Override
 *   protected LivenessDetector newDetector() {
 *     return new MyLiveness();
 *   }
 *
 *   @Override
 *   protected Captures captures() {
 *     return new Captures(observed(person), observed(photograph));
 *   }
 * }
 * }</pre>
 */
public abstract class LivenessDetectorContract {

  private LivenessDetector detector = nullOf(LivenessDetector.class);

  /** For subclasses. */
  protected LivenessDetectorContract() {}

  /**
   * What the detector must tell apart.
   *
   * @param bonaFide a person in front of the camera
   * @param attack a presentation attack that this detector is made for
   */
  public record Captures(List<ObservedFace> bonaFide, List<ObservedFace> attack) {
    /** Copies the lists. */
    public Captures {
      bonaFide = List.copyOf(bonaFide);
      attack = List.copyOf(attack);
    }
  }

  /**
   * Makes the detector under test.
   *
   * @return a detector
   */
  protected abstract LivenessDetector newDetector();

  /**
   * Gives the captures.
   *
   * @return clear examples, each of at least one face
   */
  protected abstract Captures captures();

  @BeforeEach
  void openDetector() {
    detector = newDetector();
  }

  @Test
  void thePersonPasses() {
    assertThat(detector.judge(captures().bonaFide())).isInstanceOf(LivenessVerdict.BonaFide.class);
  }

  @Test
  void theAttackDoesNotPass() {
    assertThat(detector.judge(captures().attack())).isNotInstanceOf(LivenessVerdict.BonaFide.class);
  }

  @Test
  void oneFrameIsJudgedWithoutAnException() {
    assertThat(detector.judge(captures().bonaFide().subList(0, 1))).isNotNull();
    assertThat(detector.judge(captures().attack().subList(0, 1))).isNotNull();
  }

  @Test
  void oneFrameManyTimesIsJudgedWithoutAnException() {
    ObservedFace still = captures().bonaFide().get(0);
    List<ObservedFace> held = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      held.add(
          new ObservedFace(
              still.at().plusMillis(100L * i), still.picture(), still.face(), still.landmarks()));
    }
    assertThat(detector.judge(held)).isNotNull();
  }

  @Test
  void signalsAreNumbers() {
    for (List<ObservedFace> faces : List.of(captures().bonaFide(), captures().attack())) {
      assertThat(detector.judge(faces).signals())
          .allSatisfy((name, value) -> assertThat(value).as(name).isFinite());
    }
  }

  @Test
  void theCallersListIsLeftAlone() {
    List<ObservedFace> mine = new ArrayList<>(captures().bonaFide());

    LivenessVerdict verdict = detector.judge(mine);

    assertThat(verdict).isNotNull();
    assertThat(mine).isEqualTo(captures().bonaFide());
  }

  @Test
  void parallelCallsJudgeAlike() {
    Captures captures = captures();
    LivenessVerdict bonaFide = detector.judge(captures.bonaFide());
    LivenessVerdict attack = detector.judge(captures.attack());

    List<LivenessVerdict> together =
        Parallel.call(
            Parallel.CALLS,
            i -> detector.judge(i % 2 == 0 ? captures.bonaFide() : captures.attack()));

    for (int i = 0; i < together.size(); i++) {
      assertThat(Objects.requireNonNull(together.get(i))).isEqualTo(i % 2 == 0 ? bonaFide : attack);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void nullIsRefused() {
    refusesNull(() -> detector.judge((List<ObservedFace>) nullOf(List.class)));
  }
}
