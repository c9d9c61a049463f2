package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Verification.Refused;
import io.github.facelock.spi.Verification.Verified;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The code of an authenticator app (RFC 6238). Thread-safe; the state is in the credential.
 *
 * <p><strong>Security guarantees.</strong> A code works once: the last used time step is kept with
 * the secret and moved on by compare-and-set, and no step at or before it is accepted again, on any
 * node. Every app of the subject is tried whichever one matches, and people with fewer apps,
 * without one, or unknown cost the same number of HMACs.
 */
public final class TotpFactor implements Factor {

  /** How many apps a subject can have. */
  static final int MAX_APPS = 5;

  private static final Map<String, String> NO_DETAILS = Map.of();
  private static final TotpSecret DECOY =
      TotpSecret.pending(TotpParameters.COMPATIBLE, new byte[20]).usedAt(0);
  private static final Credential DECOY_APP =
      Credential.create(
          new CredentialId("decoy"),
          SubjectId.of("nobody"),
          FactorType.TOTP,
          Instant.EPOCH,
          Map.of(),
          DECOY.encoded());
  private static final List<Credential> DECOY_APPS = List.of(DECOY_APP);

  private final CredentialStore credentials;

  /**
   * Judges against stored secrets.
   *
   * @param credentials holds what {@link TotpEnroller} made
   */
  public TotpFactor(CredentialStore credentials) {
    this.credentials = Objects.requireNonNull(credentials, "credentials");
  }

  @Override
  public FactorType type() {
    return FactorType.TOTP;
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
    int skew = context.policy().totpSkew();
    Optional<Candidate> fresh = Optional.empty();
    boolean used = false;
    int tried = 0;
    // A decoy goes the way of a stored app, for people who have none.
    for (Credential credential : found.isEmpty() ? DECOY_APPS : found) {
      Optional<TotpSecret> secret = TotpSecret.ifActive(credential);
      if (secret.isEmpty()) {
        continue;
      }
      tried++;
      TotpSecret.Match match = secret.get().match(code.get(), context.now(), skew);
      used |= match.used() && credential != DECOY_APP;
      if (fresh.isEmpty() && match.fresh().isPresent() && credential != DECOY_APP) {
        fresh = Optional.of(new Candidate(credential, secret.get(), match.fresh()));
      }
    }
    for (; tried < MAX_APPS; tried++) {
      DECOY.match(code.get(), context.now(), skew);
    }
    if (context.subject().isEmpty()) {
      return wrong("unknown-subject");
    }
    return fresh.isPresent() ? spend(fresh.get()) : notFresh(used);
  }

  private Verification spend(Candidate candidate) {
    Credential credential = candidate.credential();
    TotpSecret spent = candidate.secret().usedAt(candidate.step().getAsLong());
    boolean mine = credentials.replace(credential.next(credential.attributes(), spent.encoded()));
    Map<String, String> details = Map.of("credential", credential.id().value());
    // Somebody else moved the credential on meanwhile: most likely with this very code.
    return mine ? new Verified(credential.subject(), details) : new Refused("code-reused", details);
  }

  private static Verification notFresh(boolean used) {
    // With a detail as long as that of an unknown subject: the trail takes as long to write.
    return used ? new Refused("code-reused", NO_DETAILS) : wrong("no-device-match");
  }

  private static Refused wrong(String detail) {
    return new Refused("code-wrong", Map.of("detail", detail));
  }

  private record Candidate(Credential credential, TotpSecret secret, OptionalLong step) {}
}
