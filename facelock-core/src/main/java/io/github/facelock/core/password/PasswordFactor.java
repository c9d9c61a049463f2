package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges a password or PIN. For an unknown subject, or one that has none, it hashes against a decoy
 * of the same cost and refuses.
 *
 * <p>A hash of older parameters is made anew when its text is right. Until then, a subject with
 * such a hash takes another time than an unknown one. Thread-safe.
 */
public final class PasswordFactor implements Factor {

  private final FactorType type;
  private final CredentialStore credentials;
  private final Argon2idHasher hasher;
  private final SecretRule rule;
  private final String decoy;

  /**
   * Makes the factor.
   *
   * @param type a kind of knowledge: {@link FactorType#PASSWORD} or {@link FactorType#PIN}
   * @param credentials where the hashes are
   * @param hasher compares, and renews outdated hashes
   * @throws IllegalArgumentException if the type is not a kind of knowledge
   */
  public PasswordFactor(FactorType type, CredentialStore credentials, Argon2idHasher hasher) {
    this.type = Objects.requireNonNull(type, "type");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.hasher = Objects.requireNonNull(hasher, "hasher");
    this.rule = SecretRule.of(type);
    this.decoy = hasher.decoy();
  }

  @Override
  public FactorType type() {
    return type;
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
    // Both refusals come before anything depends on who is claimed.
    if (!(response instanceof Response.Text text) || !text.factor().equals(type)) {
      return refused("not-a-text");
    }
    if (isOverlong(text.secret())) {
      return refused("too-long");
    }
    Optional<Credential> enrolled = enrolled(context);
    String expected = enrolled.map(PasswordCredential::hashOf).orElse(decoy);
    boolean matches = hasher.matches(text.secret(), expected);
    if (enrolled.isEmpty()) {
      return refused("not-enrolled");
    }
    if (!matches) {
      return refused("mismatch");
    }
    Credential credential = enrolled.get();
    Map<String, String> details =
        hasher.outdated(expected)
            ? Map.of("hash-renewed", Boolean.toString(renew(credential, text.secret())))
            : Map.of();
    return new Verification.Verified(credential.subject(), details);
  }

  private boolean isOverlong(Secret secret) {
    try (NormalisedText text = NormalisedText.of(secret)) {
      return text.length() > rule.longest();
    }
  }

  private Optional<Credential> enrolled(FactorContext context) {
    // The store is asked for unknown and suspended subjects too: the same work for all.
    List<Credential> found =
        context.claimed().map(claimed -> credentials.find(claimed, type)).orElseGet(List::of);
    return context.subject().isEmpty() ? Optional.empty() : found.stream().findFirst();
  }

  /**
   * Fails when the password was changed meanwhile; then the change is what counts. A fault must not
   * refuse a right password either: the next login renews the hash.
   */
  private boolean renew(Credential credential, Secret secret) {
    try {
      return credentials.replace(
          credential.next(
              credential.attributes(), PasswordCredential.secretData(hasher.hash(secret))));
    } catch (FaceLockException e) {
      return false;
    }
  }

  private Verification refused(String reason) {
    return new Verification.Refused(type.id() + "-wrong", Map.of("reason", reason));
  }
}
