package io.github.facelock.core.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.token.ProofVerdict.Reason;
import io.github.facelock.core.token.ProofVerdict.Rejected;
import io.github.facelock.core.token.ProofVerdict.Verified;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges proofs of {@link JwtProofIssuer}. Immutable and thread-safe; never throws over a token.
 *
 * <p>The algorithm is pinned to ES256 before any key is looked at (RFC 8725, section 3.1), so that
 * neither {@code none} nor an HMAC keyed with the public key can pass. A proof may be shown several
 * times within its life: who must accept it once keeps its id.
 */
public final class JwtProofVerifier {

  private static final int MAX_LENGTH = 8192;
  private static final Duration LONGEST_LIFE = Duration.ofHours(1);

  private final List<ECKey> keys;
  private final String issuer;
  private final String audience;
  private final Clock clock;
  private final Duration skew;

  /**
   * Trusts keys.
   *
   * @param keys public keys on P-256 with key ids; several while keys rotate
   * @param issuer who must have signed
   * @param audience for whom it must be
   * @param clock tells the time
   * @param skew by how much the issuer's clock may differ: 0 to 5 minutes
   * @throws FaceLockException.Key if a key is of another curve or has no id
   * @throws IllegalArgumentException if the skew is out of range
   */
  public JwtProofVerifier(
      List<ECKey> keys, String issuer, String audience, Clock clock, Duration skew) {
    if (skew.isNegative() || skew.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("Clocks may differ by 0 to 5 minutes");
    }
    for (ECKey key : keys) {
      if (!Curve.P_256.equals(key.getCurve()) || key.getKeyID() == null) {
        throw new FaceLockException.Key(
            "Proofs are verified with ES256: give keys on curve P-256 with key ids");
      }
    }
    this.keys = keys.stream().map(ECKey::toPublicJWK).toList();
    this.issuer = Objects.requireNonNull(issuer, "issuer");
    this.audience = Objects.requireNonNull(audience, "audience");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.skew = skew;
  }

  /**
   * Judges a token.
   *
   * @param token anything; what is longer than 8192 characters is not read
   * @return what it says, or why it does not hold
   */
  public ProofVerdict verify(String token) {
    if (token.length() > MAX_LENGTH) {
      return new Rejected(Reason.MALFORMED);
    }
    try {
      if (unsigned(token)) {
        return new Rejected(Reason.WRONG_ALGORITHM);
      }
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())) {
        return new Rejected(Reason.WRONG_ALGORITHM);
      }
      Optional<ECKey> key =
          keys.stream().filter(k -> k.getKeyID().equals(jwt.getHeader().getKeyID())).findFirst();
      if (key.isEmpty()) {
        return new Rejected(Reason.UNKNOWN_KEY);
      }
      if (!jwt.verify(new ECDSAVerifier(key.get()))) {
        return new Rejected(Reason.WRONG_SIGNATURE);
      }
      return judge(jwt.getJWTClaimsSet());
    } catch (ParseException | RuntimeException e) {
      // RuntimeException: whatever a parser throws over hostile text, the text is no proof.
      return new Rejected(Reason.MALFORMED);
    } catch (JOSEException e) {
      return new Rejected(Reason.WRONG_SIGNATURE);
    }
  }

  /** RFC 7519, section 6: an unsecured JWT ends with an empty signature. */
  private static boolean unsigned(String token) {
    return token.endsWith(".") && token.indexOf('.') < token.length() - 1;
  }

  private ProofVerdict judge(JWTClaimsSet claims) throws ParseException {
    if (!issuer.equals(claims.getIssuer())) {
      return new Rejected(Reason.WRONG_ISSUER);
    }
    if (!claims.getAudience().equals(List.of(audience))) {
      return new Rejected(Reason.WRONG_AUDIENCE);
    }
    Date issued = claims.getIssueTime();
    Date expires = claims.getExpirationTime();
    Date authenticated = claims.getDateClaim("auth_time");
    List<String> methods = claims.getStringListClaim("amr");
    String id = claims.getJWTID();
    String transaction = claims.getStringClaim("txn");
    Optional<AssuranceLevel> level = level(claims.getStringClaim("acr"));
    if (issued == null
        || expires == null
        || authenticated == null
        || methods == null
        || claims.getSubject() == null
        || id == null
        || transaction == null
        || level.isEmpty()) {
      return new Rejected(Reason.MALFORMED);
    }
    Instant now = clock.instant();
    if (!now.isBefore(expires.toInstant().plus(skew))) {
      return new Rejected(Reason.EXPIRED);
    }
    if (issued.toInstant().isAfter(now.plus(skew))
        || Duration.between(issued.toInstant(), expires.toInstant()).compareTo(LONGEST_LIFE) > 0) {
      return new Rejected(Reason.NOT_YET_VALID);
    }
    return new Verified(
        new ProofClaims(
            SubjectId.of(claims.getSubject()),
            methods,
            level.get(),
            authenticated.toInstant(),
            issued.toInstant(),
            expires.toInstant(),
            id,
            transaction));
  }

  private static Optional<AssuranceLevel> level(String acr) {
    for (AssuranceLevel level : AssuranceLevel.values()) {
      String name = JwtProofIssuer.LEVEL_PREFIX + level.name().toLowerCase(Locale.ROOT);
      if (name.equals(acr)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
