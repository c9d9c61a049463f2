package io.github.facelock.test.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingsTest {

  private static final Capture CLIP = clip(0, 1, 2, 3, 4);
  private static final Capture OTHER = clip(10, 11, 12, 13, 14);

  @Test
  void joinedClipsRunOnWithoutAGap() {
    Capture joined = Recordings.joined(List.of(CLIP, OTHER));
    assertThat(contents(joined)).containsExactly(0, 1, 2, 3, 4, 10, 11, 12, 13, 14);
    assertThat(times(joined))
        .containsExactly(0L, 80L, 160L, 240L, 320L, 400L, 480L, 560L, 640L, 720L);
  }

  @Test
  void aLoopRepeats() {
    assertThat(contents(Recordings.looped(Recordings.part(CLIP, 1, 3), 3)))
        .containsExactly(1, 2, 1, 2, 1, 2);
  }

  @Test
  void aPartBeginsAtZero() {
    assertThat(times(Recordings.part(CLIP, 2, 4))).containsExactly(0L, 80L);
  }

  @Test
  void aCutLeavesNoTraceInTheTimes() {
    Capture cut = Recordings.without(CLIP, 1, 3);
    assertThat(contents(cut)).containsExactly(0, 3, 4);
    assertThat(times(cut)).containsExactly(0L, 80L, 160L);
  }

  @Test
  void aStillIsOneFrameForEver() {
    Capture still = Recordings.still(CLIP);
    assertThat(contents(still)).containsOnly(0);
    assertThat(times(still)).isEqualTo(times(CLIP));
  }

  @Test
  void swappedFramesKeepTheTimes() {
    Capture swapped = Recordings.swapped(CLIP, OTHER, 1, 3);
    assertThat(contents(swapped)).containsExactly(0, 11, 12, 3, 4);
    assertThat(times(swapped)).isEqualTo(times(CLIP));
  }

  @Test
  void timesCanBeForged() {
    assertThat(times(Recordings.restamped(CLIP, at -> at.multipliedBy(2))))
        .containsExactly(0L, 160L, 320L, 480L, 640L);
  }

  private static Capture clip(int... contents) {
    List<CapturedFrame> frames = new ArrayList<>();
    for (int content : contents) {
      frames.add(
          CapturedFrame.encoded(
              Duration.ofMillis(80L * frames.size()), new byte[] {(byte) content}));
    }
    return Capture.of(frames);
  }

  private static List<Integer> contents(Capture clip) {
    return clip.frames().stream().map(frame -> (int) frame.encoded()[0]).toList();
  }

  private static List<Long> times(Capture clip) {
    return clip.frames().stream().map(frame -> frame.at().toMillis()).toList();
  }
}
