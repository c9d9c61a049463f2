package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password or PIN. Thread-safe. People without one, suspended and unknown people cost one hash of
 * the current parameters like everybody else, and are refused with the same words. A hash of other
 * parameters is replaced after a right answer.
 *
 * <p>The credential's secret part is what {@link PasswordHasher#hash} gave, in ASCII; of several,
 * the one made last counts.
 */
public final class PasswordFactor implements Factor {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordFactor.class);

  private final FactorType type;
  private final CredentialStore credentials;
  private final PasswordHasher hasher;
  private final String decoy;

  /**
   * Makes a factor; hashes once.
   *
   * @param type for example {@link FactorType#PASSWORD} or {@link FactorType#PIN}; refusals are
   *     called {@code password-wrong} and {@code pin-wrong} after it
   * @param credentials holds the hashes
   * @param hasher compares
   */
  public PasswordFactor(FactorType type, CredentialStore credentials, PasswordHasher hasher) {
    this.type = Objects.requireNonNull(type, "type");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.hasher = Objects.requireNonNull(hasher, "hasher");
    this.decoy = hasher.hash(new byte[] {0});
  }

  @Override
  public FactorType type() {
    return type;
  }

  @Override
  public FactorStart start(FactorContext context) {
    return FactorStart.stateless(Map.of());
  }

  @Override
  public Verification verify(FactorContext context, FactorState state, Response response) {
    if (!(response instanceof Response.Text text)) {
      return wrong(Map.of("detail", "not-text"));
    }
    if (TypedPassword.isTooLong(text.secret())) {
      return wrong(Map.of("detail", "too-long"));
    }
    // Looked up for unknown and suspended people too, so that the store takes the same time.
    List<Credential> found =
        context.claimed().map(claimed -> credentials.find(claimed, type)).orElse(List.of());
    Optional<Credential> credential =
        context.subject().isEmpty() || found.isEmpty()
            ? Optional.empty()
            : Optional.of(found.get(found.size() - 1));
    String encoded =
        credential.map(c -> new String(c.secretData(), StandardCharsets.US_ASCII)).orElse(decoy);
    byte[] typed = TypedPassword.normalised(text.secret()).getBytes(StandardCharsets.UTF_8);
    try {
      boolean right = hasher.matches(typed, encoded);
      if (!right || credential.isEmpty()) {
        return wrong(Map.of());
      }
      if (!hasher.isCurrent(encoded)) {
        rehash(credential.get(), typed);
      }
      return new Verified(credential.get().subject(), Map.of());
    } finally {
      Arrays.fill(typed, (byte) 0);
    }
  }

  /** The answer was right whatever becomes of this: the next login tries again. */
  private void rehash(Credential credential, byte[] typed) {
    byte[] hash = hasher.hash(typed).getBytes(StandardCharsets.US_ASCII);
    try {
      boolean replaced = credentials.replace(credential.next(credential.attributes(), hash));
      LOG.debug("A hash with earlier parameters was replaced: {}", replaced);
    } catch (FaceLockException e) {
      LOG.warn("A hash with earlier parameters could not be replaced: {}", e.getMessage());
    }
  }

  private Refused wrong(Map<String, String> details) {
    return new Refused(type.id() + "-wrong", details);
  }
}
