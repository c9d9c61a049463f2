package io.github.facelock.core.otp;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Verification.Refused;
import io.github.facelock.spi.Verification.Verified;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The code of a counter-based token (RFC 4226). Thread-safe; the state is in the credential.
 *
 * <p><strong>Security guarantees.</strong> A code works once: the next counter is kept with the
 * secret and moved past the code by compare-and-set (section 7.2), and no counter before it is
 * accepted again, on any node. Every token of the subject is tried over the whole window whichever
 * one matches, and people with fewer tokens, without one, or unknown cost as many HMACs.
 */
public final class HotpFactor implements Factor {

  /** How many tokens a subject can have. */
  static final int MAX_TOKENS = 5;

  private static final int LOOK_BACK = 3;
  private static final HotpSecret DECOY = HotpSecret.pending(6, LOOK_BACK, new byte[20]);

  private final CredentialStore credentials;
  private final int lookAhead;

  /**
   * Judges against stored secrets.
   *
   * @param credentials holds what {@link HotpEnroller} made
   * @param lookAhead how many presses of a token's button may be lost between two logins (section
   *     7.4, parameter s): 0 to 50
   * @throws IllegalArgumentException if the number is out of range
   */
  public HotpFactor(CredentialStore credentials, int lookAhead) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    if (lookAhead < 0 || lookAhead > 50) {
      throw new IllegalArgumentException("An HOTP look-ahead window has 0 to 50 counters");
    }
    this.lookAhead = lookAhead;
  }

  @Override
  public FactorType type() {
    return FactorType.HOTP;
  }

  @Override
  public FactorStart start(FactorContext context) {
    Objects.requireNonNull(context, "context");
    return FactorStart.stateless(Map.of());
  }

  @Override
  public Verification verify(FactorContext context, FactorState state, Response response) {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(response, "response");
    if (!(response instanceof Response.Text text)) {
      return wrong("not-text");
    }
    Optional<String> code = TypedCode.digits(text.secret(), 6, 8);
    if (code.isEmpty()) {
      return wrong("malformed");
    }
    // Looked up for unknown and suspended people too, so that the store takes the same time.
    List<Credential> found =
        context.claimed().map(claimed -> credentials.find(claimed, type())).orElse(List.of());
    Optional<Credential> next = Optional.empty();
    boolean used = false;
    int tried = 0;
    for (Credential credential : found) {
      Optional<HotpSecret> secret = HotpSecret.ifActive(credential);
      if (secret.isEmpty()) {
        continue;
      }
      tried++;
      Optional<HotpSecret> matched = secret.get().matched(code.get(), lookAhead);
      used |= secret.get().isUsed(code.get(), LOOK_BACK);
      if (next.isEmpty() && matched.isPresent()) {
        next = Optional.of(credential.next(credential.attributes(), matched.get().encoded()));
      }
    }
    for (; tried < MAX_TOKENS; tried++) {
      DECOY.matched(code.get(), lookAhead);
      DECOY.isUsed(code.get(), LOOK_BACK);
    }
    if (context.subject().isEmpty()) {
      return wrong("unknown-subject");
    }
    if (next.isEmpty()) {
      // With a detail as long as that of an unknown subject: the trail takes as long to write.
      return used ? new Refused("code-reused", Map.of()) : wrong("no-device-match");
    }
    Map<String, String> details = Map.of("credential", next.get().id().value());
    // Somebody else moved the counter on meanwhile: most likely with this very code.
    return credentials.replace(next.get())
        ? new Verified(next.get().subject(), details)
        : new Refused("code-reused", details);
  }

  private static Refused wrong(String detail) {
    return new Refused("code-wrong", Map.of("detail", detail));
  }
}
