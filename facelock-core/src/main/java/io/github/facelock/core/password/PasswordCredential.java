package io.github.facelock.core.password;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * How a password or PIN lies in the credential store: the secret part is the PHC string. The id is
 * the factor's, so that the store itself keeps a subject from having two.
 */
final class PasswordCredential {

  private PasswordCredential() {}

  static Credential first(SubjectId subject, FactorType factor, String hash, Instant now) {
    return Credential.create(
        new CredentialId(factor.id()), subject, factor, now, attributes(now), secretData(hash));
  }

  static Credential changed(Credential before, String hash, Instant now) {
    return before.next(attributes(now), secretData(hash));
  }

  /** What administrators may see: when it was last set. */
  private static Map<String, String> attributes(Instant now) {
    return Map.of("set-at", now.toString());
  }

  static byte[] secretData(String hash) {
    return hash.getBytes(StandardCharsets.US_ASCII);
  }

  static String hashOf(Credential credential) {
    return new String(credential.secretData(), StandardCharsets.US_ASCII);
  }
}
