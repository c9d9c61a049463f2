package io.github.facelock.spring.web.login;

import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.core.face.CaptureGuide;
import io.github.facelock.spring.security.FaceLockSignIn;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.RateLimits;
import io.github.facelock.spring.web.RequestContexts;
import io.github.facelock.spring.web.Upload;
import io.github.facelock.spring.web.Uploads;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;

/**
 * Advice for single frames while somebody is before the camera: for people who are logged in or on
 * the way. Each frame costs a detection, so at most as many are looked at as there are processors.
 */
final class Advice {

  private final Optional<CaptureGuide> guide;
  private final OpenLogins logins;
  private final Uploads uploads;
  private final RateLimits rates;
  private final RequestContexts contexts;
  private final LoginAnswers answers;
  private final Clock clock;
  private final Semaphore atOnce =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

  Advice(
      Optional<CaptureGuide> guide,
      OpenLogins logins,
      Uploads uploads,
      RateLimits rates,
      RequestContexts contexts,
      LoginAnswers answers,
      Clock clock) {
    this.guide = guide;
    this.logins = logins;
    this.uploads = uploads;
    this.rates = rates;
    this.contexts = contexts;
    this.answers = answers;
    this.clock = clock;
  }

  LoginAnswers.GuidanceView give(HttpServletRequest request) {
    boolean known =
        logins.anyOpen(request, clock.instant())
            || FaceLockSignIn.of(request).current().isPresent();
    if (!known) {
      throw new ProblemException(HttpStatus.UNAUTHORIZED, "login-required");
    }
    CaptureGuide adviser =
        guide.orElseThrow(() -> new ProblemException(HttpStatus.NOT_FOUND, "no-face"));
    rates.require(RateLimits.Kind.GUIDANCE, contexts.of(request).source());
    try (Upload upload = uploads.receive(request)) {
      return answers.guidance(look(adviser, upload), contexts.locale(request));
    }
  }

  private Guidance look(CaptureGuide adviser, Upload upload) {
    LivenessAction action =
        upload
            .first("action")
            .filter(bytes -> bytes.length <= 32)
            .flatMap(bytes -> LivenessAction.ofCode(new String(bytes, StandardCharsets.US_ASCII)))
            .orElse(LivenessAction.HOLD_STILL);
    byte[] frame =
        upload
            .first("frame")
            .orElseThrow(() -> new ProblemException(HttpStatus.BAD_REQUEST, "malformed"));
    // Only now: whoever sends slowly must not keep others from being looked at.
    if (!atOnce.tryAcquire()) {
      throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "busy")
          .retryAfter(Duration.ofSeconds(1));
    }
    try {
      return adviser.advise(CapturedFrame.encoded(Duration.ZERO, frame), action);
    } finally {
      atOnce.release();
    }
  }
}
