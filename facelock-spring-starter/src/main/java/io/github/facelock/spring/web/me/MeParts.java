package io.github.facelock.spring.web.me;

import io.github.facelock.api.FactorType;
import io.github.facelock.core.FaceLock;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.security.FaceLockSecurity;
import io.github.facelock.spring.web.RateLimits;
import io.github.facelock.spring.web.RequestContexts;
import io.github.facelock.spring.web.Uploads;
import io.github.facelock.spring.web.page.Pages;
import io.github.facelock.spring.web.page.Texts;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;

/**
 * What the pages and endpoints of one's own account stand on.
 *
 * @param faceLock does the work
 * @param security reads the login
 * @param contexts read the request
 * @param properties the settings
 * @param uploads receive pictures
 * @param rates bound the requests
 * @param texts the sentences
 * @param pages make pages
 * @param clock tells what is fresh
 * @param offered the factors that some policy asks for: no others are offered
 */
public record MeParts(
    FaceLock faceLock,
    FaceLockSecurity security,
    RequestContexts contexts,
    FaceLockWebProperties properties,
    Uploads uploads,
    RateLimits rates,
    Texts texts,
    Pages pages,
    Clock clock,
    Set<FactorType> offered) {

  /** Refuses null, copies the set. */
  public MeParts {
    Objects.requireNonNull(faceLock, "faceLock");
    Objects.requireNonNull(security, "security");
    Objects.requireNonNull(contexts, "contexts");
    Objects.requireNonNull(properties, "properties");
    Objects.requireNonNull(uploads, "uploads");
    Objects.requireNonNull(rates, "rates");
    Objects.requireNonNull(texts, "texts");
    Objects.requireNonNull(pages, "pages");
    Objects.requireNonNull(clock, "clock");
    offered = Set.copyOf(offered);
  }
}
