package io.github.facelock.test.simulation;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What somebody who injects frames can do to a clip: cut, loop, hold, swap faces, and forge times.
 * The frames' own contents stay as they are.
 */
public final class Recordings {

  private Recordings() {}

  /**
   * Joins clips end to end; the first frame of each comes one interval after the last before it.
   *
   * @param clips at least one
   * @return one clip
   */
  public static Capture joined(List<Capture> clips) {
    List<CapturedFrame> frames = new ArrayList<>();
    for (Capture clip : clips) {
      Duration interval = interval(clip);
      Duration shift =
          frames.isEmpty()
              ? Duration.ZERO
              : frames.get(frames.size() - 1).at().plus(interval).minus(clip.frames().get(0).at());
      clip.frames().forEach(frame -> frames.add(moved(frame, frame.at().plus(shift))));
    }
    return Capture.of(frames);
  }

  /**
   * Repeats a clip.
   *
   * @param clip is played again and again
   * @param times at least 1
   * @return one clip
   */
  public static Capture looped(Capture clip, int times) {
    List<Capture> again = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      again.add(clip);
    }
    return joined(again);
  }

  /**
   * Takes a part of a clip; times count from its first frame.
   *
   * @param clip the whole
   * @param from first frame
   * @param to the frame after the last
   * @return the part
   */
  public static Capture part(Capture clip, int from, int to) {
    List<CapturedFrame> kept = clip.frames().subList(from, to);
    Duration begin = kept.get(0).at();
    return Capture.of(kept.stream().map(frame -> moved(frame, frame.at().minus(begin))).toList());
  }

  /**
   * Leaves out a part of a clip: a jump cut. Times count on without a gap.
   *
   * @param clip the whole
   * @param from first frame that is left out
   * @param to the first that is kept again
   * @return the rest
   */
  public static Capture without(Capture clip, int from, int to) {
    return joined(List.of(part(clip, 0, from), part(clip, to, clip.frames().size())));
  }

  /**
   * Shows one frame again and again, byte for byte: a virtual camera's still.
   *
   * @param clip whose first frame is shown, at the times of all its frames
   * @return the still
   */
  public static Capture still(Capture clip) {
    CapturedFrame first = clip.frames().get(0);
    return Capture.of(clip.frames().stream().map(frame -> moved(first, frame.at())).toList());
  }

  /**
   * Swaps one clip for another from a frame on, and back at a second, at the same times: as a face
   * swap that fails.
   *
   * @param clip shown first and last
   * @param other shown between; as many frames as the first
   * @param from first frame of the other
   * @param to first frame of the first again
   * @return the mixed clip
   */
  public static Capture swapped(Capture clip, Capture other, int from, int to) {
    List<CapturedFrame> frames = new ArrayList<>(clip.frames());
    for (int i = from; i < to; i++) {
      frames.set(i, moved(other.frames().get(i), frames.get(i).at()));
    }
    return Capture.of(frames);
  }

  /**
   * Changes the times and leaves the frames in their order.
   *
   * @param clip whose times are changed
   * @param change makes a time of a time, not negative
   * @return the clip with other times
   */
  public static Capture restamped(Capture clip, UnaryOperator<Duration> change) {
    return Capture.of(
        clip.frames().stream().map(frame -> moved(frame, change.apply(frame.at()))).toList());
  }

  private static Duration interval(Capture clip) {
    List<CapturedFrame> frames = clip.frames();
    int count = frames.size();
    return count == 1
        ? Duration.ofMillis(100)
        : frames.get(count - 1).at().minus(frames.get(0).at()).dividedBy(count - 1);
  }

  private static CapturedFrame moved(CapturedFrame frame, Duration at) {
    return frame
        .picture()
        .map(picture -> CapturedFrame.decoded(at, picture))
        .orElseGet(() -> CapturedFrame.encoded(at, frame.encoded()));
  }
}
