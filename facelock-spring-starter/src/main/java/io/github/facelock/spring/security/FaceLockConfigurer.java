package io.github.facelock.spring.security;

import io.github.facelock.api.FactorType;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.web.ProblemException;
import io.github.facelock.spring.web.ProblemWriter;
import io.github.facelock.spring.web.RequestContexts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.NullRememberMeServices;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * Adds FaceLock's login to a security filter chain:
 *
 * <pre>{@code
 * http.authorizeHttpRequests(requests -> requests
 *         .requestMatchers("/payments/**").hasAuthority("FACTOR_FACE")
 *         .anyRequest().authenticated())
 *     .with(facelock(), withDefaults());
 * }</pre>
 *
 * <p>The pages and endpoints of the login are then open to everybody, whatever the chain's rules
 * are, and the others below FaceLock's path to people who are logged in. Who lacks the authority of
 * a factor is sent to a step-up. The chain's session management, remember-me and logout hold for
 * FaceLock's logins too.
 */
public final class FaceLockConfigurer
    extends AbstractHttpConfigurer<FaceLockConfigurer, HttpSecurity> {

  private FaceLockConfigurer() {}

  /**
   * For {@code http.with(facelock(), withDefaults())}.
   *
   * @return a configurer
   */
  public static FaceLockConfigurer facelock() {
    return new FaceLockConfigurer();
  }

  /**
   * Lets FaceLock's pages log out, besides {@code /logout}. At once and not at the end, so that
   * what the application says of logout afterwards counts.
   */
  @Override
  public void setBuilder(HttpSecurity http) {
    super.setBuilder(http);
    String base =
        http.getSharedObject(ApplicationContext.class)
            .getBean(FaceLockWebProperties.class)
            .basePath();
    PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
    http.logout(
        logout ->
            logout
                .logoutRequestMatcher(
                    new OrRequestMatcher(
                        paths.matcher(HttpMethod.POST, "/logout"),
                        paths.matcher(HttpMethod.POST, base + "/logout")))
                .logoutSuccessUrl(base + "/login?out"));
  }

  @Override
  @SuppressWarnings("unchecked")
  public void init(HttpSecurity http) {
    ApplicationContext beans = http.getSharedObject(ApplicationContext.class);
    FaceLockPaths paths = beans.getBean(FaceLockPaths.class);
    ExceptionHandlingConfigurer<HttpSecurity> exceptions =
        http.getConfigurer(ExceptionHandlingConfigurer.class);
    if (exceptions != null) {
      exceptions.defaultAuthenticationEntryPointFor(
          entryPoint(beans, Optional.empty()), paths.api());
      if (http.getConfigurer(FormLoginConfigurer.class) == null) {
        exceptions.defaultAuthenticationEntryPointFor(
            entryPoint(beans, Optional.empty()), AnyRequestMatcher.INSTANCE);
      }
      for (FactorType factor : beans.getBean(FaceLockSecurity.class).authorities().factors()) {
        boolean ofForm =
            factor.equals(FactorType.PASSWORD)
                && http.getConfigurer(FormLoginConfigurer.class) != null;
        if (!ofForm) {
          exceptions.defaultDeniedHandlerForMissingAuthority(
              entryPoint(beans, Optional.of(factor)), FactorAuthorities.nameOf(factor));
        }
      }
      ProblemWriter problems = beans.getBean(ProblemWriter.class);
      exceptions.defaultAccessDeniedHandlerFor(
          (request, response, denied) ->
              problems.write(
                  new ProblemException(
                      HttpStatus.FORBIDDEN, denied instanceof CsrfException ? "csrf" : "forbidden"),
                  request,
                  response),
          paths.api());
    }
    AuthorizeHttpRequestsConfigurer<HttpSecurity> rules =
        http.getConfigurer(AuthorizeHttpRequestsConfigurer.class);
    if (rules != null) {
      rules
          .getRegistry()
          .withObjectPostProcessor(
              new ObjectPostProcessor<AuthorizationFilter>() {
                @Override
                public <O extends AuthorizationFilter> O postProcess(O filter) {
                  return (O) opened(filter, paths, beans);
                }
              });
    }
  }

  @Override
  public void configure(HttpSecurity http) {
    ApplicationContext beans = http.getSharedObject(ApplicationContext.class);
    FaceLockSignIn signIn =
        new FaceLockSignIn(
            beans.getBean(FaceLockSecurity.class),
            beans.getBean(SubjectAuthorities.class),
            beans.getBean(RequestContexts.class),
            getSecurityContextHolderStrategy(),
            or(
                http.getSharedObject(SecurityContextRepository.class),
                new DelegatingSecurityContextRepository(
                    new RequestAttributeSecurityContextRepository(),
                    new HttpSessionSecurityContextRepository())),
            or(
                http.getSharedObject(SessionAuthenticationStrategy.class),
                new NullAuthenticatedSessionStrategy()),
            or(http.getSharedObject(RememberMeServices.class), new NullRememberMeServices()),
            or(http.getSharedObject(RequestCache.class), new HttpSessionRequestCache()),
            beans);
    http.addFilterBefore(
        postProcess(new SignInFilter(signIn)), UsernamePasswordAuthenticationFilter.class);
  }

  private static FaceLockEntryPoint entryPoint(
      ApplicationContext beans, Optional<FactorType> missing) {
    return new FaceLockEntryPoint(
        beans.getBean(FaceLockSecurity.class),
        beans.getBean(FaceLockPaths.class),
        beans.getBean(FaceLockWebProperties.class),
        beans.getBean(ProblemWriter.class),
        missing);
  }

  /** FaceLock's own paths first; the rest as the application says. */
  private AuthorizationFilter opened(
      AuthorizationFilter filter, FaceLockPaths paths, ApplicationContext beans) {
    AuthorizationManager<HttpServletRequest> rules = filter.getAuthorizationManager();
    AuthorizationManager<HttpServletRequest> loggedIn =
        AuthenticatedAuthorizationManager.authenticated();
    AuthorizationFilter opened =
        new AuthorizationFilter(
            (authentication, request) -> {
              if (paths.open().matches(request)) {
                return new AuthorizationDecision(true);
              }
              if (paths.all().matches(request)) {
                var decision = loggedIn.authorize(authentication, request);
                if (decision == null || !decision.isGranted()) {
                  return decision;
                }
              }
              return rules.authorize(authentication, request);
            });
    opened.setSecurityContextHolderStrategy(getSecurityContextHolderStrategy());
    beans
        .getBeanProvider(AuthorizationEventPublisher.class)
        .ifUnique(opened::setAuthorizationEventPublisher);
    return opened;
  }

  private static <T> T or(@Nullable T shared, T otherwise) {
    return shared == null ? otherwise : shared;
  }
}
