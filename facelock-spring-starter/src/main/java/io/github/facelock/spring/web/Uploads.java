package io.github.facelock.spring.web;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/**
 * Receives what the camera sends: into memory, within bounds of size, number and time, and not more
 * at once than the machine can hold. Thread-safe.
 */
public final class Uploads {

  /** How many times too large an upload may be to be read to its end. */
  private static final int SWALLOWED = 4;

  private static final int KIB = 1024;
  private static final int CHUNK = 64 * KIB;
  private static final long LONGEST_TIME = Duration.ofMinutes(10).toMillis();

  private final FaceLockWebProperties.Uploads limits;
  private final Clock clock;
  private final Semaphore inFlight;

  /**
   * Takes the bounds.
   *
   * @param limits the bounds
   * @param clock for the time that an upload takes
   */
  public Uploads(FaceLockWebProperties.Uploads limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.inFlight =
        new Semaphore((int) Math.min(Integer.MAX_VALUE, limits.inFlight().toKilobytes()));
  }

  /**
   * Receives a multipart request.
   *
   * @param request whose body nobody has read
   * @return its parts, to be closed
   * @throws ProblemException 400 if it is malformed, 408 if it takes too long, 413 if it is too
   *     large, 415 if it is of another type, 503 if too much is under way
   */
  public Upload receive(HttpServletRequest request) {
    MultipartHttpServletRequest parsed =
        WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
    try {
      if (parsed != null) {
        return received(parsed);
      }
      String boundary =
          MultipartBody.boundary(request.getContentType())
              .orElseThrow(
                  () -> new ProblemException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "not-multipart"));
      if (request.getContentLengthLong() > limits.maxRequest().toBytes()) {
        swallow(request);
        throw tooLarge();
      }
      return receive(request.getInputStream(), boundary);
    } catch (IOException | ServletException e) {
      // The client went away, or what it sent breaks off.
      throw new ProblemException(HttpStatus.BAD_REQUEST, "malformed");
    }
  }

  /**
   * Reads what is somewhat too large to its end: most clients hear an answer only when they have
   * sent everything, and would tell of a broken connection.
   */
  private void swallow(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > SWALLOWED * limits.maxRequest().toBytes()) {
      return;
    }
    long deadline = clock.millis() + limits.within().toMillis();
    InputStream in = request.getInputStream();
    byte[] nowhere = new byte[CHUNK];
    while (clock.millis() <= deadline && in.read(nowhere) >= 0) {
      // Nobody wants it.
    }
  }

  private Upload receive(InputStream in, String boundary) throws IOException {
    long deadline = clock.millis() + limits.within().toMillis();
    int held = 0;
    boolean kept = false;
    try {
      byte[] body = new byte[CHUNK];
      int length = 0;
      held = hold(CHUNK);
      while (true) {
        if (length == body.length) {
          // Doubling, and the parts are copies: three times what has come, at most.
          held += hold(body.length);
          body = Arrays.copyOf(body, body.length * 2);
        }
        int read = in.read(body, length, Math.min(CHUNK, body.length - length));
        if (read < 0) {
          break;
        }
        length += read;
        if (length > limits.maxRequest().toBytes()) {
          throw tooLarge();
        }
        if (clock.millis() > deadline) {
          throw new ProblemException(HttpStatus.REQUEST_TIMEOUT, "too-slow");
        }
      }
      int release = held;
      Upload upload = new Upload(() -> inFlight.release(release));
      int[] count = {0};
      boolean whole =
          new MultipartBody(body, length, boundary)
              .read((name, content) -> upload.add(name, bounded(content, ++count[0])));
      if (!whole) {
        throw new ProblemException(HttpStatus.BAD_REQUEST, "malformed");
      }
      kept = true;
      return upload;
    } finally {
      if (!kept) {
        inFlight.release(held);
      }
    }
  }

  private int hold(int bytes) {
    int permits = bytes / KIB;
    if (!inFlight.tryAcquire(permits)) {
      throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "busy")
          .retryAfter(Duration.ofSeconds(2));
    }
    return permits;
  }

  private byte[] bounded(byte[] content, int count) {
    if (content.length > limits.maxFrame().toBytes() || count > limits.maxFrames() + 4) {
      throw tooLarge();
    }
    return content;
  }

  /** Where something else has read the body already. */
  private Upload received(MultipartHttpServletRequest parsed) throws IOException, ServletException {
    Upload upload = new Upload(() -> {});
    int count = 0;
    for (Map.Entry<String, List<MultipartFile>> files : parsed.getMultiFileMap().entrySet()) {
      for (MultipartFile file : files.getValue()) {
        upload.add(files.getKey(), bounded(file.getBytes(), ++count));
      }
    }
    for (Part part : parsed.getParts()) {
      if (!parsed.getMultiFileMap().containsKey(part.getName())) {
        try (InputStream in = part.getInputStream()) {
          upload.add(part.getName(), bounded(in.readAllBytes(), ++count));
        }
      }
    }
    return upload;
  }

  /**
   * Joins the parts {@code frame} with their times.
   *
   * @param upload what was received
   * @param times milliseconds since the first frame, one for each frame
   * @return the capture
   * @throws ProblemException 400 if the numbers differ or a time cannot be one
   */
  public Capture capture(Upload upload, List<Long> times) {
    List<byte[]> frames = upload.all("frame");
    if (frames.isEmpty() || frames.size() != times.size()) {
      throw new ProblemException(HttpStatus.BAD_REQUEST, "malformed");
    }
    if (frames.size() > limits.maxFrames()) {
      throw tooLarge();
    }
    List<CapturedFrame> captured = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      long at = Optional.ofNullable(times.get(i)).orElse(-1L);
      if (at < 0 || at > LONGEST_TIME) {
        throw new ProblemException(HttpStatus.BAD_REQUEST, "malformed");
      }
      captured.add(CapturedFrame.encoded(Duration.ofMillis(at), frames.get(i)));
    }
    return Capture.of(captured);
  }

  private static ProblemException tooLarge() {
    return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, "too-large");
  }
}
