package io.github.facelock.spring.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Hands the chain's sign-in to the controllers behind it: an application may have several chains.
 */
final class SignInFilter extends OncePerRequestFilter {

  private final FaceLockSignIn signIn;

  SignInFilter(FaceLockSignIn signIn) {
    this.signIn = signIn;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    request.setAttribute(FaceLockSignIn.ATTRIBUTE, signIn);
    chain.doFilter(request, response);
  }
}
