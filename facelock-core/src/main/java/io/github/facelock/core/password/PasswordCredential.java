package io.github.facelock.core.password;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a password or PIN lies in the credential store: the secret part is the hash, and after a line
 * end that of the PIN for somebody who is forced, so that nothing outside tells who has one. The id
 * is the factor's, so that the store itself keeps a subject from having two.
 *
 * @param own the hash of the secret
 * @param duress the hash of the other PIN, of the same salt and cost
 */
record PasswordCredential(String own, Optional<String> duress) {

  private static final char SEPARATOR = '\n';

  static PasswordCredential of(String own) {
    return new PasswordCredential(own, Optional.empty());
  }

  static PasswordCredential of(Credential credential) {
    String text = new String(credential.secretData(), StandardCharsets.US_ASCII);
    int end = text.indexOf(SEPARATOR);
    return end < 0
        ? of(text)
        : new PasswordCredential(text.substring(0, end), Optional.of(text.substring(end + 1)));
  }

  Credential first(SubjectId subject, FactorType factor, Instant now) {
    return Credential.create(
        new CredentialId(factor.id()), subject, factor, now, attributes(now), secretData());
  }

  /** In place of the one before, set anew. */
  Credential after(Credential before, Instant now) {
    return before.next(attributes(now), secretData());
  }

  /** What administrators may see: when it was last set. */
  private static Map<String, String> attributes(Instant now) {
    return Map.of("set-at", now.toString());
  }

  byte[] secretData() {
    String text = own + duress.map(hash -> SEPARATOR + hash).orElse("");
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "PasswordCredential[redacted]";
  }
}
