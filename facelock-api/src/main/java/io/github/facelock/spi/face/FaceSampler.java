package io.github.facelock.spi.face;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.Guidance;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Takes templates of one person from a capture, without a claim or a comparison. Thread-safe. */
@FunctionalInterface
public interface FaceSampler {

  /**
   * Looks at a capture.
   *
   * @param capture one frame or more
   * @return the templates of the person in it, or why there are none
   */
  Sample take(Capture capture);

  /** What a capture shows. */
  sealed interface Sample {

    /**
     * One person.
     *
     * @param templates one for each frame that was used, at least one, in the order of their times
     */
    record Person(List<Embedding> templates) implements Sample {
      /** Copies the list. */
      public Person {
        templates = List.copyOf(templates);
        if (templates.isEmpty()) {
          throw new IllegalArgumentException("A person is seen in at least one frame");
        }
      }
    }

    /**
     * Nothing that could be used.
     *
     * @param guidance what to do better
     * @param problems what was wrong, and with how many frames
     */
    record Unclear(Guidance guidance, Map<Guidance, Integer> problems) implements Sample {
      /** Copies the map. */
      public Unclear {
        Objects.requireNonNull(guidance, "guidance");
        problems = Map.copyOf(problems);
      }
    }
  }
}
