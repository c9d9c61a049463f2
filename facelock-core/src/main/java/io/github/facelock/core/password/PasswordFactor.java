package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Judges a password or PIN. For an unknown subject, or one that has none, it hashes against a decoy
 * of the same cost and refuses.
 *
 * <p>A PIN may have a second one beside it for somebody who is forced: both are compared by one
 * computation, whichever was typed, and the second passes like the first and raises {@link
 * Alert.Cause#DURESS}. Nothing in the outcome tells.
 *
 * <p>A hash of older parameters, or of another system, is made anew when its text is right. Until
 * then, a subject with such a hash takes another time than an unknown one. Thread-safe.
 */
public final class PasswordFactor implements Factor {

  private final FactorType type;
  private final CredentialStore credentials;
  private final Argon2idHasher hasher;
  private final SecretRule rule;
  private final Consumer<? super Alert> alerts;
  private final String decoy;

  /**
   * Makes a factor that raises no alert.
   *
   * @param type a kind of knowledge: {@link FactorType#PASSWORD} or {@link FactorType#PIN}
   * @param credentials where the hashes are
   * @param hasher compares, and renews outdated hashes
   * @throws IllegalArgumentException if the type is not a kind of knowledge
   */
  public PasswordFactor(FactorType type, CredentialStore credentials, Argon2idHasher hasher) {
    this(type, credentials, hasher, alert -> {});
  }

  /**
   * Makes a factor.
   *
   * @param type a kind of knowledge: {@link FactorType#PASSWORD} or {@link FactorType#PIN}
   * @param credentials where the hashes are
   * @param hasher compares, and renews outdated hashes
   * @param alerts takes an {@link Alert.Cause#DURESS} at once; must neither block nor fail
   * @throws IllegalArgumentException if the type is not a kind of knowledge
   */
  public PasswordFactor(
      FactorType type,
      CredentialStore credentials,
      Argon2idHasher hasher,
      Consumer<? super Alert> alerts) {
    this.type = Objects.requireNonNull(type, "type");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.hasher = Objects.requireNonNull(hasher, "hasher");
    this.alerts = Objects.requireNonNull(alerts, "alerts");
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
    PasswordCredential expected =
        enrolled.map(PasswordCredential::of).orElseGet(() -> PasswordCredential.of(decoy));
    boolean own;
    boolean duress = false;
    if (expected.duress().isPresent()) {
      Argon2idHasher.Pair pair =
          hasher.matchesPair(text.secret(), expected.own(), expected.duress().get());
      own = pair.first();
      duress = pair.second();
    } else {
      own = matches(text.secret(), expected.own());
    }
    if (enrolled.isEmpty()) {
      return refused("not-enrolled");
    }
    if (duress) {
      return underDuress(context, enrolled.get());
    }
    return own ? verified(enrolled.get(), expected, text.secret()) : refused("mismatch");
  }

  private boolean matches(Secret typed, String expected) {
    Optional<ForeignHash> foreign = ForeignHash.parse(expected);
    if (foreign.isEmpty()) {
      return hasher.matches(typed, expected);
    }
    byte[] utf8 = typed.revealUtf8();
    try {
      return utf8.length > 0 && hasher.inPlace(() -> foreign.get().matches(utf8));
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private Verification verified(Credential credential, PasswordCredential stored, Secret typed) {
    // Beside a second PIN the hash stays: a salt of its own would make two computations of one,
    // and so tell by the time who has a second PIN.
    boolean renewable = stored.duress().isEmpty() && hasher.outdated(stored.own());
    Map<String, String> details =
        renewable
            ? Map.of("hash-renewed", Boolean.toString(renew(credential, stored.own(), typed)))
            : Map.of();
    return new Verification.Verified(credential.subject(), details);
  }

  /** Like the right PIN in all that the person at the door can see. */
  private Verification underDuress(FactorContext context, Credential credential) {
    alerts.accept(
        new Alert(
            context.now(),
            Alert.Cause.DURESS,
            Optional.of(credential.subject()),
            Optional.of(type),
            context.request().source(),
            Map.of("transaction", context.transaction())));
    return new Verification.Verified(credential.subject(), Map.of("duress", "true"));
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
  private boolean renew(Credential credential, String stored, Secret secret) {
    byte[] utf8 = secret.revealUtf8();
    try {
      // What bcrypt did not look at may be mistyped; it must not become part of the password.
      if (ForeignHash.parse(stored).filter(hash -> !hash.covers(utf8)).isPresent()) {
        return false;
      }
      return credentials.replace(
          credential.next(
              credential.attributes(), PasswordCredential.of(hasher.hash(secret)).secretData()));
    } catch (FaceLockException e) {
      return false;
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private Verification refused(String reason) {
    return new Verification.Refused(type.id() + "-wrong", Map.of("reason", reason));
  }
}
