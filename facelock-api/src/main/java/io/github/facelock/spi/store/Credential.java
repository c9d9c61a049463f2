package io.github.facelock.spi.store;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What a subject proves a factor with: a password hash, a TOTP secret, a template, a mail address.
 * The secret part is encrypted before it reaches a store, and never prints. Immutable.
 */
public final class Credential {

  private final CredentialId id;
  private final SubjectId subject;
  private final FactorType factor;
  private final Instant createdAt;
  private final Map<String, String> attributes;
  private final byte[] secretData;
  private final long version;

  private Credential(
      CredentialId id,
      SubjectId subject,
      FactorType factor,
      Instant createdAt,
      Map<String, String> attributes,
      byte[] secretData,
      long version) {
    this.id = Objects.requireNonNull(id, "id");
    this.subject = Objects.requireNonNull(subject, "subject");
    this.factor = Objects.requireNonNull(factor, "factor");
    this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
    this.attributes = Map.copyOf(attributes);
    this.secretData = secretData;
    this.version = version;
  }

  /**
   * A new credential, of version 1.
   *
   * @param id unique for the subject
   * @param subject whose it is
   * @param factor what it proves
   * @param createdAt when it was made
   * @param attributes what administrators may see, for example the model's id
   * @param secretData what nobody may see; copied
   * @return the credential
   */
  public static Credential create(
      CredentialId id,
      SubjectId subject,
      FactorType factor,
      Instant createdAt,
      Map<String, String> attributes,
      byte[] secretData) {
    return new Credential(id, subject, factor, createdAt, attributes, secretData.clone(), 1);
  }

  /**
   * A credential as a store kept it.
   *
   * @param id unique for the subject
   * @param subject whose it is
   * @param factor what it proves
   * @param createdAt when it was made
   * @param attributes what administrators may see
   * @param secretData what nobody may see; copied
   * @param version at least 1
   * @return the credential
   */
  public static Credential restore(
      CredentialId id,
      SubjectId subject,
      FactorType factor,
      Instant createdAt,
      Map<String, String> attributes,
      byte[] secretData,
      long version) {
    if (version < 1) {
      throw new IllegalArgumentException("Credential versions begin at 1");
    }
    return new Credential(id, subject, factor, createdAt, attributes, secretData.clone(), version);
  }

  /**
   * The next version with other contents.
   *
   * @param attributes what administrators may see
   * @param secretData what nobody may see; copied
   * @return a credential with a version greater by one
   */
  public Credential next(Map<String, String> attributes, byte[] secretData) {
    return new Credential(
        id, subject, factor, createdAt, attributes, secretData.clone(), version + 1);
  }

  /**
   * This version with its secret part encoded otherwise; for stores that encrypt.
   *
   * @param secretData the other encoding; copied
   * @return a credential of the same version
   */
  public Credential withSecretData(byte[] secretData) {
    return new Credential(id, subject, factor, createdAt, attributes, secretData.clone(), version);
  }

  /**
   * Names it.
   *
   * @return the id
   */
  public CredentialId id() {
    return id;
  }

  /**
   * Tells whose it is.
   *
   * @return the subject
   */
  public SubjectId subject() {
    return subject;
  }

  /**
   * Tells what it proves.
   *
   * @return the factor
   */
  public FactorType factor() {
    return factor;
  }

  /**
   * Tells when it was made.
   *
   * @return the time of the first version
   */
  public Instant createdAt() {
    return createdAt;
  }

  /**
   * Shows what administrators may see.
   *
   * @return attributes by name
   */
  public Map<String, String> attributes() {
    return attributes;
  }

  /**
   * Shows the secret part.
   *
   * @return a copy
   */
  public byte[] secretData() {
    return secretData.clone();
  }

  /**
   * Tells how often it was changed; the guard of {@link CredentialStore#replace}.
   *
   * @return at least 1
   */
  public long version() {
    return version;
  }

  @Override
  public String toString() {
    return "Credential[id=%s, subject=%s, factor=%s, version=%d, redacted]"
        .formatted(id, subject, factor, version);
  }
}
