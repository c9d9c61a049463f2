package io.github.facelock.core.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.ProofIssuer;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signs proofs as JSON Web Tokens with ES256 (RFC 7518, section 3.4), valid for five minutes.
 *
 * <p>The claims: {@code iss}, {@code sub}, {@code aud}, {@code iat}, {@code exp}, {@code jti} of
 * RFC 7519; {@code auth_time} and {@code acr} ({@code urn:facelock:aal1} or {@code aal2}) of OpenID
 * Connect Core, section 2; {@code amr} of RFC 8176; {@code txn} of RFC 8417 for the transaction.
 * Thread-safe.
 */
public final class JwtProofIssuer implements ProofIssuer {

  /** How long a proof is valid. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final int ID_BYTES = 16;

  private final String issuer;
  private final String audience;
  private final Clock clock;
  private final SecureRandom random;
  private final ECKey publicKey;
  private final JWSSigner signer;

  /**
   * Makes an issuer with a key of the application's.
   *
   * @param issuer who signs, for example the address of the application
   * @param audience which service the proofs are for
   * @param key a private key on P-256; without a key id, its thumbprint (RFC 7638) becomes the id
   * @param clock tells when a proof is issued
   * @param random for token ids and signatures
   * @throws IllegalArgumentException if the key is on another curve or has no private part, or a
   *     name is blank
   */
  JwtProofIssuer(String issuer, String audience, ECKey key, Clock clock, SecureRandom random) {
    this.issuer = requireName(issuer, "issuer");
    this.audience = requireName(audience, "audience");
    this.clock = clock;
    this.random = random;
    if (!Curve.P_256.equals(key.getCurve()) || !key.isPrivate()) {
      throw new IllegalArgumentException("Proofs are signed with a private key on P-256");
    }
    try {
      this.publicKey = ProofKeys.publicPart(key);
      ECDSASigner ecdsa = new ECDSASigner(key);
      ecdsa.getJCAContext().setSecureRandom(random);
      this.signer = ecdsa;
    } catch (JOSEException e) {
      throw new FaceLockException(
          "This Java runtime cannot sign with ES256: use one that has the EC algorithms", e);
    }
  }

  /**
   * Makes an issuer with a fresh key that ends with the process. Services must fetch the
   * {@linkplain #publicKeys() public keys} from this very process.
   *
   * @param issuer who signs
   * @param audience which service the proofs are for
   * @param clock tells when a proof is issued
   * @param random for the key, token ids and signatures
   * @return the issuer
   * @throws IllegalArgumentException if a name is blank
   */
  public static JwtProofIssuer ephemeral(
      String issuer, String audience, Clock clock, SecureRandom random) {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_256).secureRandom(random).generate();
      return new JwtProofIssuer(issuer, audience, key, clock, random);
    } catch (JOSEException e) {
      throw new FaceLockException(
          "This Java runtime cannot make keys on P-256: use one that has the EC algorithms", e);
    }
  }

  /**
   * Makes an issuer with a key that was kept as text.
   *
   * @param issuer who signs
   * @param audience which service the proofs are for
   * @param privateJwk a private key on P-256 as a JSON Web Key (RFC 7517)
   * @param clock tells when a proof is issued
   * @param random for token ids and signatures
   * @return the issuer
   * @throws FaceLockException.Key if the text is no such key
   * @throws IllegalArgumentException if a name is blank
   */
  public static JwtProofIssuer fromJwk(
      String issuer, String audience, Secret privateJwk, Clock clock, SecureRandom random) {
    ECKey key;
    try {
      key = ECKey.parse(new String(privateJwk.reveal()));
    } catch (ParseException | IllegalArgumentException e) {
      // Without the exception beneath: its message may repeat parts of the key.
      throw new FaceLockException.Key(
          "The signing key is not a JSON Web Key of type EC: make one with kty=EC and crv=P-256");
    }
    if (!Curve.P_256.equals(key.getCurve()) || !key.isPrivate()) {
      throw new FaceLockException.Key(
          "The signing key is on another curve or has no private part: make one with kty=EC,"
              + " crv=P-256 and d");
    }
    return new JwtProofIssuer(issuer, audience, key, clock, random);
  }

  @Override
  public String issue(
      String transaction,
      SubjectId subject,
      List<FactorType> satisfied,
      AssuranceLevel level,
      Instant at) {
    Instant now = clock.instant();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(subject.value())
            .audience(audience)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(newId())
            .claim("auth_time", at.getEpochSecond())
            .claim("amr", amr(satisfied, level))
            .claim("acr", AssuranceUrn.of(level))
            .claim("txn", transaction)
            .build();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(JOSEObjectType.JWT)
            .keyID(publicKey.getKeyID())
            .build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new FaceLockException.Key(
          "A proof could not be signed: check the signing key and the Java runtime's EC provider",
          e);
    }
    return token.serialize();
  }

  /**
   * Shows the keys with which proofs are checked, for example to be served at a well-known address.
   *
   * @return a JSON Web Key Set (RFC 7517, section 5) without any private part
   */
  public String publicKeys() {
    return new JWKSet(publicKey).toString(true);
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64URL.encode(id).toString();
  }

  private static List<String> amr(List<FactorType> satisfied, AssuranceLevel level) {
    Stream<String> methods = satisfied.stream().map(FactorType::amr);
    Stream<String> several =
        level == AssuranceLevel.AAL2 ? Stream.of("mfa") : Stream.<String>empty();
    return Stream.concat(methods, several).distinct().toList();
  }

  static String requireName(String name, String what) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("The " + what + " of proofs must have a name");
    }
    return name;
  }
}
