package io.github.facelock.core.opencv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_videoio;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;
import org.bytedeco.opencv.opencv_videoio.VideoWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VideoSourceTest {

  private static final Clock CLOCK = Clock.systemUTC();

  @Test
  void aFileGivesItsFramesWithTheirTimes(@TempDir Path folder) {
    Path film = film(folder.resolve("film.avi"), 10);
    try (VideoSource source = VideoSource.file(film).open(CLOCK)) {
      List<CapturedFrame> frames = new ArrayList<>();
      for (Optional<CapturedFrame> next = source.next(); next.isPresent(); next = source.next()) {
        frames.add(next.get());
      }

      assertThat(frames).hasSize(10);
      for (int i = 0; i < 10; i++) {
        // 25 frames a second; frame i is grey 20 * i, tinted red.
        assertThat(frames.get(i).at()).isEqualTo(Duration.ofMillis(40L * i));
        Picture picture = frames.get(i).picture().orElseThrow();
        assertThat(picture.width()).isEqualTo(160);
        assertThat(picture.height()).isEqualTo(120);
        assertThat(picture.pixels().get(0) & 0xFF).isBetween(20 * i + 30 - 6, 20 * i + 30 + 6);
        assertThat(picture.pixels().get(2) & 0xFF).isBetween(Math.max(0, 20 * i - 6), 20 * i + 6);
      }
      assertThat(source.next()).isEmpty();
      assertThatThrownBy(() -> source.capture(1, Duration.ZERO))
          .isInstanceOf(FaceLockException.Camera.class)
          .hasMessageContaining("no more frames");
    }
  }

  @Test
  void aCaptureKeepsTheSpacingAndCountsFromItsFirstFrame(@TempDir Path folder) {
    Path film = film(folder.resolve("film.avi"), 20);
    try (VideoSource source = VideoSource.file(film).open(CLOCK)) {
      source.next();

      Capture capture = source.capture(4, Duration.ofMillis(100));

      assertThat(capture.frames())
          .extracting(CapturedFrame::at)
          .containsExactly(
              Duration.ZERO,
              Duration.ofMillis(120),
              Duration.ofMillis(240),
              Duration.ofMillis(360));
      assertThat(source.capture(20, Duration.ofMillis(100)).frames()).hasSizeBetween(2, 3);
    }
  }

  @Test
  void openCvsOwnReaderGivesTheSamePictures(@TempDir Path folder) {
    Path film = film(folder.resolve("film.avi"), 3);
    VideoCapture capture = new VideoCapture(film.toString(), opencv_videoio.CAP_OPENCV_MJPEG);
    try (DeviceReader reader = new DeviceReader(capture)) {
      for (int i = 0; i < 3; i++) {
        assertThat(reader.advance()).isTrue();
        assertThat(reader.picture().pixels().get(0) & 0xFF)
            .isBetween(20 * i + 30 - 6, 20 * i + 30 + 6);
      }
      assertThat(reader.advance()).isFalse();
    }
  }

  @Test
  void openingAndClosingLeavesNativeMemoryFlat(@TempDir Path folder) {
    Path film = film(folder.resolve("film.avi"), 3);
    readOnce(film);
    long owned = Pointer.totalBytes();

    for (int i = 0; i < 20; i++) {
      readOnce(film);
    }

    assertThat(Pointer.totalBytes()).isEqualTo(owned);
  }

  private static void readOnce(Path film) {
    try (VideoSource source = VideoSource.file(film).open(CLOCK)) {
      assertThat(source.capture(3, Duration.ZERO).frames()).hasSize(3);
    }
  }

  @Test
  void aMissingFileAndAFileThatIsNoVideoSaySo(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video ".repeat(1000));

    assertThatThrownBy(() -> VideoSource.file(folder.resolve("none.avi")).open(CLOCK))
        .isInstanceOf(FaceLockException.Camera.class)
        .hasMessageContaining("none.avi does not exist");
    assertThatThrownBy(() -> VideoSource.file(text).open(CLOCK))
        .isInstanceOf(FaceLockException.Camera.class)
        .hasMessageContaining("text.mp4 cannot be opened as video")
        .hasMessageContaining("Invalid data")
        .hasMessageContaining("codec");
  }

  @Test
  void aMissingCameraSaysSo() {
    assertThatThrownBy(() -> VideoSource.device(63).open(CLOCK))
        .isInstanceOf(FaceLockException.Camera.class)
        .hasMessageContainingAll("no camera", "/dev/video63", "container");
  }

  @Test
  void aForbiddenCameraNamesTheGroup() {
    assertThat(DeviceReader.obstacle(Path.of("/dev/video0"), true, false))
        .hasValueSatisfying(text -> assertThat(text).contains("usermod -aG video"));
    assertThat(DeviceReader.obstacle(Path.of("/dev/video0"), true, true)).isEmpty();
  }

  @Test
  void aNetworkCameraThatHangsUpIsOpenedAgain() throws IOException {
    AtomicInteger connections = new AtomicInteger();
    try (Server server = new Server(connections);
        VideoSource source =
            VideoSource.stream("http://user:secret@127.0.0.1:%d/video".formatted(server.port()))
                .reconnect(Duration.ofMillis(10), Duration.ofMillis(50))
                .readTimeout(Duration.ofSeconds(20))
                .open(CLOCK)) {
      assertThat(source.toString()).doesNotContain("secret", "user");
      while (connections.get() < 3) {
        CapturedFrame frame = source.next().orElseThrow();
        assertThat(frame.picture().orElseThrow().width()).isEqualTo(160);
      }
      assertThat(source.next()).isPresent();
    }
  }

  @Test
  void aNetworkCameraThatNeverAnswersIsGivenUpWithoutTellingItsPassword() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      VideoSource.Builder source =
          VideoSource.stream(
                  "rtsp://user:secret@127.0.0.1:%d/s?token=secret".formatted(silent.getLocalPort()))
              .readTimeout(Duration.ofMillis(300))
              .openTimeout(Duration.ofMillis(1500));

      assertThatThrownBy(() -> source.open(CLOCK))
          .isInstanceOf(FaceLockException.Camera.class)
          .hasMessageContaining("rtsp://127.0.0.1:" + silent.getLocalPort())
          .hasStackTraceContaining("Check")
          .satisfies(e -> assertThat(wholeText(e)).doesNotContain("secret", "user:"));
    }
  }

  @Test
  void aNetworkCameraThatRefusesSaysSoWithoutTellingItsPassword() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }

    assertThatThrownBy(
            () -> VideoSource.stream("rtsp://user:secret@127.0.0.1:" + port + "/").open(CLOCK))
        .isInstanceOf(FaceLockException.Camera.class)
        .hasMessageContaining("Connection refused")
        .satisfies(e -> assertThat(wholeText(e)).doesNotContain("secret", "user:"));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> VideoSource.device(-1)).isInstanceOf(IllegalArgumentException.class);
    for (String address : List.of("", "file:///etc/passwd", "concat:a|b", "rtsp://", "http:///x")) {
      assertThatThrownBy(() -> VideoSource.stream(address))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> VideoSource.device(0).readTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VideoSource.device(0).size(0, 480))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String wholeText(Throwable e) {
    java.io.StringWriter text = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  /** Frames of 160 × 120 at 25 per second; frame i is grey 20 i with 30 more red. */
  private static Path film(Path file, int frames) {
    OpenCv.require();
    try (Size size = new Size(160, 120);
        VideoWriter writer =
            new VideoWriter(
                file.toString(),
                opencv_videoio.CAP_OPENCV_MJPEG,
                VideoWriter.fourcc((byte) 'M', (byte) 'J', (byte) 'P', (byte) 'G'),
                25,
                size,
                true)) {
      assertThat(writer.isOpened()).isTrue();
      for (int i = 0; i < frames; i++) {
        int grey = 20 * i % 200;
        try (Scalar colour = new Scalar(grey, grey, grey + 30, 0);
            Mat frame = new Mat(size, opencv_core.CV_8UC3, colour)) {
          writer.write(frame);
        }
      }
      writer.release();
    }
    return file;
  }

  /** A camera that sends Motion JPEG and hangs up after eight frames. */
  private static final class Server implements AutoCloseable {

    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Server(AtomicInteger connections) throws IOException {
      byte[] jpeg =
          OpenCvPixelSourceTest.encode(
              OpenCvPixelSourceTest.painted(BufferedImage.TYPE_3BYTE_BGR, 160, 120), "jpeg");
      byte[] head =
          ("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      server.setExecutor(threads);
      server.createContext(
          "/video",
          exchange -> {
            connections.incrementAndGet();
            exchange
                .getResponseHeaders()
                .set("Content-Type", "multipart/x-mixed-replace; boundary=frame");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
              for (int i = 0; i < 8; i++) {
                out.write(head);
                out.write(jpeg);
                out.write(new byte[] {'\r', '\n'});
              }
            }
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
