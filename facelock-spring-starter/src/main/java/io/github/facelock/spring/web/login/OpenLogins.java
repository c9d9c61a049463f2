package io.github.facelock.spring.web.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The logins that a session began. Each has an attribute of its own, so that two tabs do not
 * overwrite each other where sessions are kept elsewhere. A handle works only in the session that
 * it was given to. Thread-safe.
 */
final class OpenLogins {

  /** Of one session: nobody has more tabs, and a session must not grow without bound. */
  static final int MOST = 16;

  private static final String PREFIX = "facelock.login.";
  private static final String BINDING = "facelock.binding";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final SecureRandom random;

  OpenLogins(SecureRandom random) {
    this.random = random;
  }

  String newId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }

  static String hash(String handle) {
    try {
      return BASE64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(handle.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Names the session for as long as it lives, also after its id changed. */
  Optional<String> binding(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : Optional.ofNullable((String) session.getAttribute(BINDING));
  }

  void put(HttpServletRequest request, OpenLogin login) {
    HttpSession session = request.getSession(true);
    if (session.getAttribute(BINDING) == null) {
      session.setAttribute(BINDING, newId());
    }
    session.setAttribute(PREFIX + login.id(), login);
    List<OpenLogin> all = all(session);
    all.stream()
        .filter(other -> !other.id().equals(login.id()))
        .sorted(Comparator.comparing(OpenLogin::expiresAt))
        .limit(Math.max(0, all.size() - MOST))
        .forEach(oldest -> session.removeAttribute(PREFIX + oldest.id()));
  }

  Optional<OpenLogin> byId(HttpServletRequest request, @Nullable String id) {
    HttpSession session = request.getSession(false);
    if (session == null || id == null) {
      return Optional.empty();
    }
    return session.getAttribute(PREFIX + id) instanceof OpenLogin login
        ? Optional.of(login)
        : Optional.empty();
  }

  Optional<OpenLogin> byHash(HttpServletRequest request, String hash) {
    HttpSession session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : all(session).stream().filter(login -> login.handleHash().equals(hash)).findFirst();
  }

  boolean anyOpen(HttpServletRequest request, Instant now) {
    HttpSession session = request.getSession(false);
    return session != null && all(session).stream().anyMatch(login -> login.isOpen(now));
  }

  private static List<OpenLogin> all(HttpSession session) {
    List<OpenLogin> logins = new ArrayList<>();
    for (String name : Collections.list(session.getAttributeNames())) {
      if (name.startsWith(PREFIX) && session.getAttribute(name) instanceof OpenLogin login) {
        logins.add(login);
      }
    }
    return logins;
  }
}
