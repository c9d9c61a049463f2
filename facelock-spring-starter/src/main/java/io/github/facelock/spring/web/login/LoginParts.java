package io.github.facelock.spring.web.login;

import io.github.facelock.api.MultiFactorAuthenticator;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.core.face.CaptureGuide;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.spring.web.RateLimits;
import io.github.facelock.spring.web.RequestContexts;
import io.github.facelock.spring.web.Uploads;
import io.github.facelock.spring.web.page.Pages;
import io.github.facelock.spring.web.page.Texts;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What the login's controllers share. */
public final class LoginParts {

  private final FaceLockSecurity security;
  private final RequestContexts contexts;
  private final FaceLockWebProperties properties;
  private final Uploads uploads;
  private final Texts texts;
  private final Pages pages;
  private final Clock clock;
  private final LoginFlow flow;
  private final LoginAnswers answers;
  private final Advice advice;
  private final JsonMapper json = JsonMapper.shared();

  /**
   * Joins the parts.
   *
   * @param authenticator logs people in
   * @param devices remembers devices
   * @param guide advises before the camera; empty if no policy asks for a face
   * @param security tells what was shown before
   * @param contexts tell where requests came from
   * @param properties settings
   * @param uploads receives frames
   * @param rates limits requests
   * @param texts the sentences
   * @param pages the pages
   * @param clock for what ends
   */
  public LoginParts(
      MultiFactorAuthenticator authenticator,
      TrustedDevices devices,
      Optional<CaptureGuide> guide,
      FaceLockSecurity security,
      RequestContexts contexts,
      FaceLockWebProperties properties,
      Uploads uploads,
      RateLimits rates,
      Texts texts,
      Pages pages,
      Clock clock) {
    this.security = security;
    this.contexts = contexts;
    this.properties = properties;
    this.uploads = uploads;
    this.texts = texts;
    this.pages = pages;
    this.clock = clock;
    OpenLogins logins = new OpenLogins(new SecureRandom());
    this.flow =
        new LoginFlow(
            authenticator,
            devices,
            security,
            contexts,
            rates,
            logins,
            new Repeats(clock),
            new Targets(properties));
    this.answers = new LoginAnswers(texts, properties.exposeProof(), clock);
    this.advice = new Advice(guide, logins, uploads, rates, contexts, answers, clock);
  }

  FaceLockSecurity security() {
    return security;
  }

  RequestContexts contexts() {
    return contexts;
  }

  FaceLockWebProperties properties() {
    return properties;
  }

  Uploads uploads() {
    return uploads;
  }

  Texts texts() {
    return texts;
  }

  Pages pages() {
    return pages;
  }

  Clock clock() {
    return clock;
  }

  LoginFlow flow() {
    return flow;
  }

  LoginAnswers answers() {
    return answers;
  }

  Advice advice() {
    return advice;
  }

  JsonMapper json() {
    return json;
  }
}
