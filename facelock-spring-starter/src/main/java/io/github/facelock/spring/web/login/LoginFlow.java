package io.github.facelock.spring.web.login;

import io.github.facelock.api.DenialReason;
import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.PriorLogin;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.TransactionHandle;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.spring.security.FaceLockSignIn;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.RateLimits;
import io.github.facelock.spring.web.RequestContexts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * What pages and scripts have in common: a login of a session goes on from step to step, and its
 * grant becomes the session's authentication. Thread-safe.
 */
final class LoginFlow {

  private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(LoginFlow.class);

  /** A clip's pixels are some 40 MB: more at a time than processors only fill the memory. */
  private final Semaphore judging =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  private final MultiFactorAuthenticator authenticator;
  private final TrustedDevices devices;
  private final FaceLockSecurity security;
  private final RequestContexts contexts;
  private final RateLimits rates;
  private final OpenLogins logins;
  private final Repeats repeats;
  private final Targets targets;

  LoginFlow(
      MultiFactorAuthenticator authenticator,
      TrustedDevices devices,
      FaceLockSecurity security,
      RequestContexts contexts,
      RateLimits rates,
      OpenLogins logins,
      Repeats repeats,
      Targets targets) {
    this.authenticator = authenticator;
    this.devices = devices;
    this.security = security;
    this.contexts = contexts;
    this.rates = rates;
    this.logins = logins;
    this.repeats = repeats;
    this.targets = targets;
  }

  /** What became of a request, and the login as the session now has it. */
  record Answer(Outcome outcome, OpenLogin login) {}

  /** Begins a login. The name need not exist; whoever says so learns nothing here. */
  Answer begin(
      SubjectId subject,
      Optional<String> policy,
      @Nullable String device,
      boolean page,
      HttpServletRequest request,
      HttpServletResponse response) {
    RequestContext context = contexts.of(request);
    rates.require(RateLimits.Kind.BEGIN, context.source());
    Outcome outcome =
        policy
            .map(name -> authenticator.begin(subject, name, context))
            .orElseGet(() -> authenticator.begin(subject, context));
    OpenLogin login = OpenLogin.begun(logins.newId(), subject.value(), false, page, device);
    return conclude(outcome, login, request, response);
  }

  /** Asks a logged-in person for more. */
  Answer stepUp(
      String policy, boolean page, HttpServletRequest request, HttpServletResponse response) {
    Authentication authentication =
        FaceLockSignIn.of(request)
            .current()
            .orElseThrow(() -> new ProblemException(HttpStatus.UNAUTHORIZED, "login-required"));
    if (!security.knows(policy)) {
      throw new ProblemException(HttpStatus.BAD_REQUEST, "unknown-policy");
    }
    RequestContext context = contexts.of(request);
    rates.require(RateLimits.Kind.BEGIN, context.source());
    PriorLogin prior = security.priorLogin(authentication);
    Outcome outcome = authenticator.stepUp(prior, policy, context);
    OpenLogin login = OpenLogin.begun(logins.newId(), prior.subject().value(), true, page, null);
    return conclude(outcome, login, request, response);
  }

  /** Answers the step that a handle is for. */
  Answer advance(
      String handle, Response answer, HttpServletRequest request, HttpServletResponse response) {
    RequestContext context = contexts.of(request);
    rates.require(RateLimits.Kind.ADVANCE, context.source());
    boolean clip = answer instanceof Response.Frames;
    if (clip) {
      awaitTurn();
    }
    try {
      return once(
          handle,
          answer.getClass().getSimpleName() + " " + answer.factor().id(),
          answer.factor().id(),
          (parsed, login) -> authenticator.advance(parsed, answer, context),
          request,
          response);
    } finally {
      if (clip) {
        judging.release();
      }
    }
  }

  /** Nothing is spent yet: whoever waited in vain may send the same clip again. */
  private void awaitTurn() {
    try {
      if (judging.tryAcquire(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "busy")
        .retryAfter(Duration.ofSeconds(5));
  }

  /** Asks for the step anew. */
  Answer repeat(
      String handle,
      RequestContext context,
      HttpServletRequest request,
      HttpServletResponse response) {
    rates.require(RateLimits.Kind.ADVANCE, context.source());
    return once(
        handle,
        "repeat",
        null,
        (parsed, login) -> authenticator.repeat(parsed, context),
        request,
        response);
  }

  /** Ends a login of this session; any other handle is ignored. */
  void cancel(String handle, HttpServletRequest request) {
    logins
        .byHash(request, OpenLogins.hash(handle))
        .ifPresent(
            login -> {
              authenticator.cancel(TransactionHandle.parse(handle));
              logins.put(request, login.ended(new OpenLogin.End("cancelled", null, null)));
            });
  }

  OpenLogins logins() {
    return logins;
  }

  private Answer once(
      String handle,
      String what,
      @Nullable String factor,
      BiFunction<TransactionHandle, OpenLogin, Outcome> judge,
      HttpServletRequest request,
      HttpServletResponse response) {
    String hash = OpenLogins.hash(handle);
    Optional<String> binding = logins.binding(request);
    if (binding.isEmpty()) {
      return expired();
    }
    return repeats.once(
        binding.get() + " " + hash + " " + what,
        () -> {
          Optional<OpenLogin> open = logins.byHash(request, hash);
          if (open.isEmpty()) {
            return Optional.empty();
          }
          OpenLogin login = factor == null ? open.get() : open.get().choosing(factor);
          Outcome outcome = judge.apply(TransactionHandle.parse(handle), login);
          return Optional.of(conclude(outcome, login, request, response));
        },
        LoginFlow::expired);
  }

  private static Answer expired() {
    return new Answer(
        new Outcome.Denied(DenialReason.EXPIRED),
        OpenLogin.begun("", "", false, false, null)
            .ended(new OpenLogin.End(reason(DenialReason.EXPIRED), null, null)));
  }

  static String reason(DenialReason reason) {
    return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private Answer conclude(
      Outcome outcome, OpenLogin login, HttpServletRequest request, HttpServletResponse response) {
    Answer answer =
        outcome.fold(
            granted -> granted(granted, login, request, response),
            challenge -> {
              String handle = challenge.handle().value();
              return new Answer(
                  challenge,
                  login.asked(
                      OpenLogins.hash(handle),
                      handle,
                      AskedStep.of(challenge.next()),
                      challenge.expiresAt()));
            },
            denied -> ended(denied, login, reason(denied.reason()), null),
            locked ->
                ended(
                    locked,
                    login,
                    "locked",
                    Instant.MAX.equals(locked.until()) ? null : locked.until()));
    // Of two answers to one handle the second finds it spent. The first's progress stays.
    boolean overtaken =
        outcome instanceof Outcome.Denied denied
            && denied.reason() == DenialReason.EXPIRED
            && logins
                .byId(request, login.id())
                .filter(now -> !now.handleHash().equals(login.handleHash()))
                .isPresent();
    if (!overtaken) {
      logins.put(request, answer.login());
    }
    return answer;
  }

  private static Answer ended(
      Outcome outcome, OpenLogin login, String reason, @Nullable Instant until) {
    return new Answer(outcome, login.ended(new OpenLogin.End(reason, until, null)));
  }

  private Answer granted(
      Outcome.Granted granted,
      OpenLogin login,
      HttpServletRequest request,
      HttpServletResponse response) {
    FaceLockSignIn signIn = FaceLockSignIn.of(request);
    boolean stillThere =
        signIn.current().filter(a -> a.getName().equals(granted.subject().value())).isPresent();
    if (login.stepUp() && !stillThere) {
      // Logged out meanwhile, or somebody else logged in: there is nothing to add the factors to.
      return ended(
          new Outcome.Denied(DenialReason.EXPIRED), login, reason(DenialReason.EXPIRED), null);
    }
    try {
      signIn.signIn(granted, request, response);
    } catch (AuthenticationException refused) {
      LOG.info("A granted login was refused by a session strategy: {}", refused.toString());
      return ended(new Outcome.Denied(DenialReason.UNAVAILABLE), login, "too-many-sessions", null);
    }
    trust(granted, login, request, response);
    return new Answer(
        granted, login.ended(new OpenLogin.End("granted", null, targets.after(request, response))));
  }

  /** Remembers the device if the person asked for it. A grant stands even if that fails. */
  private void trust(
      Outcome.Granted granted,
      OpenLogin login,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (login.device() == null || granted.deviceToken().isPresent()) {
      return;
    }
    try {
      contexts.keepDevice(
          response, devices.trust(granted, login.device(), contexts.of(request)).token());
    } catch (RuntimeException e) {
      LOG.info("A device was not trusted: {}", e.toString());
    }
  }
}
