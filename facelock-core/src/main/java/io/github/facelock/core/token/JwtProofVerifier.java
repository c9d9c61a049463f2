package io.github.facelock.core.token;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.token.ProofVerification.Reason;
import io.github.facelock.core.token.ProofVerification.Rejected;
import io.github.facelock.core.token.ProofVerification.Verified;
import java.text.ParseException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks proofs of {@link JwtProofIssuer} as RFC 8725 asks: keys come from the configuration and
 * never from the token, each key has one algorithm (ES256 or EdDSA) that the token must name,
 * issuer, audience and times are required. Whatever is shown, the answer is a value. Thread-safe.
 */
public final class JwtProofVerifier {

  /** The longest accepted proof, in characters. */
  public static final int MAX_LENGTH = 8 * 1024;

  /** How far the clocks of issuer and verifier may differ. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private final String issuer;
  private final String audience;
  private final Map<String, Known> keys;
  private final Clock clock;

  /**
   * Makes a verifier that knows several keys, so that old proofs stay valid while keys change.
   *
   * @param issuer who must have signed
   * @param audience this service
   * @param jwks the issuer's {@linkplain JwtProofIssuer#publicKeys() public keys}; others than
   *     those on P-256 and Ed25519 with an id are passed over; fetch it again when it changed
   * @param clock tells whether a proof is still valid
   * @throws FaceLockException.Key if the text is no key set or holds no usable key
   */
  public JwtProofVerifier(String issuer, String audience, String jwks, Clock clock) {
    this(issuer, audience, read(jwks), clock);
  }

  /**
   * Makes a verifier that knows one key.
   *
   * @param issuer who must have signed
   * @param audience this service
   * @param key the issuer's public key on P-256; without a key id, its thumbprint (RFC 7638) counts
   * @param clock tells whether a proof is still valid
   * @throws FaceLockException.Key if the key is on another curve
   */
  JwtProofVerifier(String issuer, String audience, ECKey key, Clock clock) {
    this(issuer, audience, List.of(key), clock);
  }

  private JwtProofVerifier(String issuer, String audience, List<? extends JWK> keys, Clock clock) {
    this.issuer = JwtProofIssuer.requireName(issuer, "issuer");
    this.audience = JwtProofIssuer.requireName(audience, "audience");
    this.keys = verifiers(keys);
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Checks a proof.
   *
   * @param proof whatever was shown
   * @return what it proves, or why it proves nothing; never an exception for any text
   */
  public ProofVerification verify(String proof) {
    if (proof.length() > MAX_LENGTH) {
      return new Rejected(Reason.TOO_LARGE);
    }
    try {
      Base64URL[] parts = JOSEObject.split(proof);
      // Read as any header first: a token of algorithm "none" is no malformed token, but a forged.
      Algorithm named = Header.parse(parts[0]).getAlgorithm();
      if (!JWSAlgorithm.ES256.equals(named) && !JWSAlgorithm.EdDSA.equals(named)) {
        return new Rejected(Reason.WRONG_ALGORITHM);
      }
      if (parts.length != 3) {
        return new Rejected(Reason.MALFORMED);
      }
      return verify(new SignedJWT(parts[0], parts[1], parts[2]));
    } catch (ParseException | IllegalArgumentException e) {
      return new Rejected(Reason.MALFORMED);
    }
  }

  private ProofVerification verify(SignedJWT token) throws ParseException {
    String keyId = token.getHeader().getKeyID();
    Known key = keyId == null ? null : keys.get(keyId);
    if (key == null) {
      return new Rejected(Reason.UNKNOWN_KEY);
    }
    if (!key.algorithm().equals(token.getHeader().getAlgorithm())) {
      return new Rejected(Reason.WRONG_ALGORITHM);
    }
    try {
      if (!token.verify(key.verifier())) {
        return new Rejected(Reason.WRONG_SIGNATURE);
      }
    } catch (JOSEException e) {
      return new Rejected(Reason.WRONG_SIGNATURE);
    }
    JWTClaimsSet claims = token.getJWTClaimsSet();
    Optional<Reason> objection = objection(claims);
    return objection.isPresent() ? new Rejected(objection.get()) : verified(claims);
  }

  private Optional<Reason> objection(JWTClaimsSet claims) {
    if (!issuer.equals(claims.getIssuer())) {
      return Optional.of(Reason.WRONG_ISSUER);
    }
    if (!claims.getAudience().contains(audience)) {
      return Optional.of(Reason.WRONG_AUDIENCE);
    }
    Date expires = claims.getExpirationTime();
    Date issued = claims.getIssueTime();
    if (expires == null || issued == null) {
      return Optional.of(Reason.INCOMPLETE);
    }
    Instant now = clock.instant();
    if (!now.isBefore(expires.toInstant().plus(CLOCK_SKEW))) {
      return Optional.of(Reason.EXPIRED);
    }
    Date notBefore = claims.getNotBeforeTime();
    Instant latestStart = now.plus(CLOCK_SKEW);
    if (issued.toInstant().isAfter(latestStart)
        || (notBefore != null && notBefore.toInstant().isAfter(latestStart))) {
      return Optional.of(Reason.NOT_YET_VALID);
    }
    return Optional.empty();
  }

  private static ProofVerification verified(JWTClaimsSet claims) {
    try {
      return new Verified(
          SubjectId.of(required(claims.getSubject())),
          FactorClaims.read(required(claims.getClaim(FactorClaims.NAME))),
          required(claims.getStringListClaim("amr")),
          AssuranceUrn.parse(required(claims.getStringClaim("acr"))),
          Instant.ofEpochSecond(required(claims.getLongClaim("auth_time"))),
          required(claims.getStringClaim("txn")),
          required(claims.getJWTID()),
          claims.getExpirationTime().toInstant());
    } catch (ParseException | IllegalArgumentException | DateTimeException e) {
      // The issuer's key signed it, but as something else than a proof.
      return new Rejected(Reason.INCOMPLETE);
    }
  }

  private static <T> T required(@Nullable T claim) {
    if (claim == null) {
      throw new IllegalArgumentException("A claim is missing");
    }
    return claim;
  }

  private static List<JWK> read(String jwks) {
    try {
      return JWKSet.parse(jwks).getKeys().stream()
          .filter(key -> key.getKeyID() != null)
          .filter(ProofKeys::isUsable)
          .toList();
    } catch (ParseException e) {
      throw new FaceLockException.Key(
          "The issuer's public keys are no JSON Web Key Set: fetch them from the issuer again", e);
    }
  }

  /** A key with its one algorithm. */
  private record Known(JWSAlgorithm algorithm, JWSVerifier verifier) {}

  private static Map<String, Known> verifiers(List<? extends JWK> keys) {
    Map<String, Known> verifiers = new HashMap<>();
    try {
      for (JWK key : keys) {
        if (!ProofKeys.isUsable(key)) {
          throw new FaceLockException.Key(
              "Proofs are signed on P-256 or Ed25519: give the issuer's key");
        }
        JWK known = ProofKeys.publicPart(key);
        Known earlier =
            verifiers.put(
                known.getKeyID(), new Known(ProofKeys.algorithm(known), ProofKeys.verifier(known)));
        if (earlier != null) {
          throw new FaceLockException.Key(
              "Two keys of the issuer's key set have the same id: ask the issuer to mend it, and"
                  + " fetch it again");
        }
      }
    } catch (JOSEException e) {
      throw new FaceLockException(
          "The issuer's key cannot be used: fetch it again, and use a Java runtime that has the EC"
              + " algorithms",
          e);
    }
    if (verifiers.isEmpty()) {
      throw new FaceLockException.Key(
          "There is no key on P-256 or Ed25519 with an id in the issuer's key set: fetch it again");
    }
    return Map.copyOf(verifiers);
  }
}
