package io.github.facelock.spring.security;

import io.github.facelock.api.Outcome;
import io.github.facelock.spring.web.RequestContexts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/**
 * Makes a granted login the request's authentication, with the strategies of the filter chain that
 * the request came through: another session id, no more sessions than allowed, remember-me. Factors
 * that the same person showed before in this session are kept, each with its latest time.
 * Thread-safe.
 */
public final class FaceLockSignIn {

  static final String ATTRIBUTE = FaceLockSignIn.class.getName();

  private final FaceLockSecurity security;
  private final SubjectAuthorities roles;
  private final RequestContexts contexts;
  private final SecurityContextHolderStrategy holder;
  private final SecurityContextRepository repository;
  private final SessionAuthenticationStrategy sessions;
  private final RememberMeServices rememberMe;
  private final RequestCache saved;
  private final ApplicationEventPublisher events;
  private final WebAuthenticationDetailsSource details = new WebAuthenticationDetailsSource();

  FaceLockSignIn(
      FaceLockSecurity security,
      SubjectAuthorities roles,
      RequestContexts contexts,
      SecurityContextHolderStrategy holder,
      SecurityContextRepository repository,
      SessionAuthenticationStrategy sessions,
      RememberMeServices rememberMe,
      RequestCache saved,
      ApplicationEventPublisher events) {
    this.security = security;
    this.roles = roles;
    this.contexts = contexts;
    this.holder = holder;
    this.repository = repository;
    this.sessions = sessions;
    this.rememberMe = rememberMe;
    this.saved = saved;
    this.events = events;
  }

  /**
   * Finds the sign-in of the chain that a request came through.
   *
   * @param request the request
   * @return the sign-in
   * @throws IllegalStateException if the chain was not set up with {@code facelock()}
   */
  public static FaceLockSignIn of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof FaceLockSignIn signIn) {
      return signIn;
    }
    throw new IllegalStateException(
        "The request came through a security filter chain without FaceLock: add"
            + " http.with(facelock(), withDefaults()) to the chain that matches its path");
  }

  /**
   * Who is logged in now.
   *
   * @return the authentication, if somebody is
   */
  public Optional<Authentication> current() {
    Authentication authentication = holder.getContext().getAuthentication();
    return security.subject(authentication).map(subject -> authentication);
  }

  /**
   * Takes out the request that led to the login.
   *
   * @param request the request
   * @param response its response
   * @return the address that was asked for, with a host that a client may have chosen
   */
  public Optional<String> savedTarget(HttpServletRequest request, HttpServletResponse response) {
    SavedRequest before = saved.getRequest(request, response);
    if (before == null) {
      return Optional.empty();
    }
    saved.removeRequest(request, response);
    return Optional.of(before.getRedirectUrl());
  }

  /**
   * Signs in.
   *
   * @param granted what the authenticator granted just now to this request's session
   * @param request the request
   * @param response its response, not yet committed
   * @return the new authentication
   * @throws org.springframework.security.core.AuthenticationException if a session strategy
   *     refuses, for example because there are too many sessions
   */
  public FaceLockAuthentication signIn(
      Outcome.Granted granted, HttpServletRequest request, HttpServletResponse response) {
    Authentication before =
        current().filter(a -> a.getName().equals(granted.subject().value())).orElse(null);
    FaceLockAuthentication authentication = authentication(granted, before, request);
    sessions.onAuthentication(authentication, request, response);
    SecurityContext context = holder.createEmptyContext();
    context.setAuthentication(authentication);
    holder.setContext(context);
    repository.saveContext(context, request, response);
    granted.deviceToken().ifPresent(token -> contexts.keepDevice(response, token));
    rememberMe.loginSuccess(request, response, authentication);
    events.publishEvent(new InteractiveAuthenticationSuccessEvent(authentication, getClass()));
    return authentication;
  }

  private FaceLockAuthentication authentication(
      Outcome.Granted granted, @Nullable Authentication before, HttpServletRequest request) {
    Map<String, GrantedAuthority> factors = new LinkedHashMap<>();
    List<GrantedAuthority> others = new ArrayList<>();
    others.addAll(roles.of(granted.subject(), contexts.of(request).source()));
    Object principal = FaceLockPrincipal.of(granted.subject());
    if (before != null) {
      before.getAuthorities().stream()
          .filter(FactorGrantedAuthority.class::isInstance)
          .forEach(authority -> later(factors, (FactorGrantedAuthority) authority));
      // FaceLock's own roles are looked up anew; of the application's login they are all there is.
      if (!(before.getPrincipal() instanceof FaceLockPrincipal)) {
        before.getAuthorities().stream()
            .filter(authority -> !(authority instanceof FactorGrantedAuthority))
            .filter(authority -> !others.contains(authority))
            .forEach(others::add);
      }
      if (before.getPrincipal() != null) {
        principal = before.getPrincipal();
      }
    }
    granted.passed().forEach(passed -> later(factors, FactorAuthorities.of(passed)));
    others.addAll(factors.values());
    FaceLockAuthentication authentication =
        new FaceLockAuthentication(principal, granted.level(), others);
    authentication.setDetails(details.buildDetails(request));
    return authentication;
  }

  private static void later(
      Map<String, GrantedAuthority> factors, FactorGrantedAuthority authority) {
    factors.merge(
        authority.getAuthority(),
        authority,
        (one, other) ->
            ((FactorGrantedAuthority) one)
                    .getIssuedAt()
                    .isAfter(((FactorGrantedAuthority) other).getIssuedAt())
                ? one
                : other);
  }
}
