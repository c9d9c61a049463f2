package io.github.facelock.core.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Picture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameFeedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final BackOff QUICK = new BackOff(Duration.ofMillis(1), Duration.ofMillis(4));

  @Test
  void aCameraThatFailsIsOpenedAgainAndItsOldReaderClosed() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    FrameFeed feed =
        new FrameFeed(
            "camera",
            true,
            () -> {
              // The second and third attempt find nothing.
              int attempt = opened.incrementAndGet();
              if (attempt == 2 || attempt == 3) {
                throw new FaceLockException.Camera("unplugged");
              }
              return new FakeReader(attempt == 1 ? 1 : Integer.MAX_VALUE, closed);
            },
            CLOCK,
            QUICK);
    feed.start(PATIENCE, PATIENCE);

    // The first reader may be gone before the request, so this waits for the fourth attempt.
    Optional<CapturedFrame> frame = feed.request().get(10, TimeUnit.SECONDS);
    while (opened.get() < 4) {
      frame = feed.request().get(10, TimeUnit.SECONDS);
    }

    assertThat(frame).isPresent();
    feed.close(PATIENCE);
    assertThat(opened).hasValue(4);
    assertThat(closed).hasValue(2);
  }

  @Test
  void aStuckCameraIsLeftBehindAndReleasedWhenItAnswers() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch unstuck = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    FrameReader stuck =
        new FakeReader(1, new AtomicInteger()) {
          @Override
          public boolean advance() {
            reached.countDown();
            boolean interrupted = false;
            // A native call does not hear interrupts.
            while (true) {
              try {
                unstuck.await();
                break;
              } catch (InterruptedException e) {
                interrupted = true;
              }
            }
            if (interrupted) {
              Thread.currentThread().interrupt();
            }
            return false;
          }

          @Override
          public void close() {
            released.countDown();
          }
        };
    FrameFeed feed = new FrameFeed("camera", true, () -> stuck, CLOCK, QUICK);
    feed.start(PATIENCE, PATIENCE);
    reached.await();
    CompletableFuture<Optional<CapturedFrame>> wanted = feed.request();

    feed.close(Duration.ofMillis(20));

    assertThat(wanted.get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(feed.request().get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(released.getCount()).isEqualTo(1);
    unstuck.countDown();
    assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aSourceThatNeverOpensIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    FrameFeed feed =
        new FrameFeed(
            "camera",
            true,
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                throw new FaceLockException.Camera("closed");
              }
              throw new FaceLockException.Camera("never reached");
            },
            CLOCK,
            QUICK);

    assertThatThrownBy(() -> feed.start(Duration.ofMillis(20), PATIENCE))
        .isInstanceOf(FaceLockException.Camera.class)
        .hasMessageContaining("did not open within 20 ms");
  }

  @Test
  void aCameraThatIsNotThereAtFirstFailsAtOnce() {
    FrameFeed feed =
        new FrameFeed(
            "camera",
            true,
            () -> {
              throw new FaceLockException.Camera("no such camera");
            },
            CLOCK,
            QUICK);

    assertThatThrownBy(() -> feed.start(PATIENCE, PATIENCE)).hasMessage("no such camera");
  }

  @Test
  void aFileIsReadFrameByFrameWithoutLosingAny() throws Exception {
    FrameFeed feed =
        new FrameFeed("file", false, () -> new FakeReader(3, new AtomicInteger()), CLOCK, QUICK);
    feed.start(PATIENCE, PATIENCE);

    for (int i = 1; i <= 3; i++) {
      assertThat(feed.request().get(10, TimeUnit.SECONDS).orElseThrow().at())
          .isEqualTo(Duration.ofMillis(i));
    }
    assertThat(feed.request().get(10, TimeUnit.SECONDS)).isEmpty();
    assertThat(feed.request().get(10, TimeUnit.SECONDS)).isEmpty();
    feed.close(PATIENCE);
  }

  @Test
  void pausesGrowToTheLongest() {
    BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    assertThat(backOff.pause(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backOff.pause(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backOff.pause(5)).isEqualTo(Duration.ofSeconds(16));
    assertThat(backOff.pause(6)).isEqualTo(Duration.ofSeconds(30));
    assertThat(backOff.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anAddressShowsHostAndPortOnly() {
    assertThat(StreamAddress.shown("rtsp://u:p@cam.local:554/a?b=c"))
        .isEqualTo("rtsp://cam.local:554");
    assertThat(StreamAddress.shown("HTTP://[::1]:80/x")).isEqualTo("http://[::1]:80");
    assertThat(StreamAddress.shown("rtsp://u:p@ss@cam/x")).isEqualTo("rtsp://cam");
    assertThat(StreamAddress.shown("rtsp://u:p/ss@cam/x")).isEqualTo("rtsp://(host not shown)");
    assertThat(StreamAddress.shown("rtsp://u:p@s/s@cam/x")).isEqualTo("rtsp://(host not shown)");
    assertThat(StreamAddress.shown("rtsp://a\r\nb/")).isEqualTo("rtsp://(host not shown)");
  }

  /** Gives black pictures, one millisecond apart. */
  private static class FakeReader implements FrameReader {
    private final int frames;
    private final AtomicInteger closed;
    private int at;

    FakeReader(int frames, AtomicInteger closed) {
      this.frames = frames;
      this.closed = closed;
    }

    @Override
    public boolean advance() {
      at++;
      return at <= frames;
    }

    @Override
    public Picture picture() {
      return Picture.builder(2, 2).build();
    }

    @Override
    public Duration position() {
      return Duration.ofMillis(at);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
