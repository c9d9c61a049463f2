package io.github.facelock.core.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.ProofIssuer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Signs proofs as JWTs (RFC 7519) with ES256 (RFC 7518, section 3.4). Thread-safe. */
public final class JwtProofIssuer implements ProofIssuer {

  /** How long a proof lives unless told otherwise. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  static final String LEVEL_PREFIX = "urn:facelock:";

  private final ECKey key;
  private final ECDSASigner signer;
  private final String issuer;
  private final String audience;
  private final Clock clock;
  private final SecureRandom random;
  private final Duration lifetime;

  /**
   * Signs with a key.
   *
   * @param key a private key on P-256 with a key id
   * @param issuer who signs ({@code iss}), for example a URL
   * @param audience who reads ({@code aud})
   * @param clock dates the proofs
   * @param random draws ids and the signatures' nonces
   * @param lifetime 1 second to 1 hour
   * @throws FaceLockException.Key if the key cannot sign, or is of another curve
   * @throws IllegalArgumentException if a text is blank or the lifetime out of range
   */
  public JwtProofIssuer(
      ECKey key,
      String issuer,
      String audience,
      Clock clock,
      SecureRandom random,
      Duration lifetime) {
    if (!Curve.P_256.equals(key.getCurve()) || !key.isPrivate() || key.getKeyID() == null) {
      throw new FaceLockException.Key(
          "Proofs are signed with ES256: give a private key on curve P-256 with a key id");
    }
    if (issuer.isBlank() || audience.isBlank()) {
      throw new IllegalArgumentException("A proof needs an issuer and an audience");
    }
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0
        || lifetime.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("A proof lives 1 second to 1 hour");
    }
    this.key = key;
    this.issuer = issuer;
    this.audience = audience;
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = Objects.requireNonNull(random, "random");
    this.lifetime = lifetime;
    try {
      this.signer = new ECDSASigner(key);
      signer.getJCAContext().setSecureRandom(random);
    } catch (JOSEException e) {
      throw unsupported(e);
    }
  }

  /**
   * Signs with a key that ends with this process; proofs live {@link #LIFETIME}.
   *
   * @param issuer who signs
   * @param audience who reads
   * @param clock dates the proofs
   * @param random draws the key, ids and nonces
   * @return the issuer; {@link #publicKey()} verifies
   */
  public static JwtProofIssuer ephemeral(
      String issuer, String audience, Clock clock, SecureRandom random) {
    try {
      ECKey key =
          new ECKeyGenerator(Curve.P_256)
              .secureRandom(random)
              .keyIDFromThumbprint(true)
              .algorithm(JWSAlgorithm.ES256)
              .generate();
      return new JwtProofIssuer(key, issuer, audience, clock, random, LIFETIME);
    } catch (JOSEException e) {
      throw unsupported(e);
    }
  }

  /**
   * Shows the key that verifies; safe to publish as a JWK (RFC 7517).
   *
   * @return the public half
   */
  public ECKey publicKey() {
    return key.toPublicJWK();
  }

  @Override
  public String issue(
      String transaction,
      SubjectId subject,
      List<FactorType> satisfied,
      AssuranceLevel level,
      Instant at) {
    Instant now = clock.instant();
    byte[] id = new byte[16];
    random.nextBytes(id);
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject.value())
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(Base64.getUrlEncoder().withoutPadding().encodeToString(id))
                .claim("auth_time", at.getEpochSecond())
                .claim("amr", methods(satisfied, level))
                .claim("acr", LEVEL_PREFIX + level.name().toLowerCase(Locale.ROOT))
                .claim("txn", transaction)
                .build());
    try {
      jwt.sign(signer);
    } catch (JOSEException e) {
      throw unsupported(e);
    }
    return jwt.serialize();
  }

  private static List<String> methods(List<FactorType> satisfied, AssuranceLevel level) {
    Set<String> methods = new LinkedHashSet<>();
    satisfied.forEach(factor -> methods.add(factor.amr()));
    if (level == AssuranceLevel.AAL2) {
      methods.add("mfa");
    }
    return List.copyOf(methods);
  }

  private static FaceLockException.Key unsupported(JOSEException e) {
    return new FaceLockException.Key(
        "This Java runtime does not sign with ES256; enable its standard security providers", e);
  }
}
