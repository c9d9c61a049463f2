package io.github.facelock.core.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.ProofIssuer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signs proofs as JSON Web Tokens, valid for five minutes, with ES256 (RFC 7518, section 3.4) or
 * EdDSA (RFC 8037), and changes its key without a gap.
 *
 * <p>The claims: {@code iss}, {@code sub}, {@code aud}, {@code iat}, {@code exp}, {@code jti} of
 * RFC 7519; {@code auth_time} and {@code acr} ({@code urn:facelock:aal1} or {@code aal2}) of OpenID
 * Connect Core, section 2; {@code amr} of RFC 8176; {@code txn} of RFC 8417 for the transaction;
 * and {@code factors}, a list of objects with {@code id}, {@code kind}, {@code amr} and {@code
 * auth_time} of each factor. Thread-safe.
 */
public final class JwtProofIssuer implements ProofIssuer {

  /** How long a proof is valid. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final int ID_BYTES = 16;

  /** How long a former key is still published: what it signed last has ended everywhere by then. */
  public static final Duration OVERLAP = LIFETIME.plus(JwtProofVerifier.CLOCK_SKEW);

  private final String issuer;
  private final String audience;
  private final Clock clock;
  private final SecureRandom random;
  private volatile Keys keys;

  /** Which key signs, and which ones are published beside it. */
  private record Keys(ProofKey current, JWSSigner signer, List<Other> others) {}

  /** A key that is published until a time. */
  private record Other(JWK key, Instant until) {}

  /**
   * Makes an issuer.
   *
   * @param issuer who signs, for example the address of the application
   * @param audience which service the proofs are for
   * @param key signs
   * @param clock tells when a proof is issued
   * @param random for token ids and signatures
   * @throws IllegalArgumentException if a name is blank
   */
  public JwtProofIssuer(
      String issuer, String audience, ProofKey key, Clock clock, SecureRandom random) {
    this.issuer = requireName(issuer, "issuer");
    this.audience = requireName(audience, "audience");
    this.clock = clock;
    this.random = random;
    this.keys = new Keys(key, signer(key), List.of());
  }

  JwtProofIssuer(String issuer, String audience, ECKey key, Clock clock, SecureRandom random) {
    this(issuer, audience, checked(key), clock, random);
  }

  private static ProofKey checked(ECKey key) {
    if (!Curve.P_256.equals(key.getCurve()) || !key.isPrivate()) {
      throw new IllegalArgumentException("Proofs are signed with a private key on P-256");
    }
    try {
      return ProofKey.of(key);
    } catch (JOSEException e) {
      throw cannotSign(e);
    }
  }

  private JWSSigner signer(ProofKey key) {
    try {
      return key.signer(random);
    } catch (JOSEException e) {
      throw cannotSign(e);
    }
  }

  private static FaceLockException cannotSign(JOSEException e) {
    return new FaceLockException(
        "This Java runtime cannot sign proofs: use one that has the EC algorithms", e);
  }

  /**
   * Makes an issuer with a fresh ES256 key that ends with the process. Services must fetch the
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
    ProofKey key = ProofKey.generate(ProofAlgorithm.ES256, random);
    return new JwtProofIssuer(issuer, audience, key, clock, random);
  }

  /**
   * Makes an issuer with a key that was kept as text.
   *
   * @param issuer who signs
   * @param audience which service the proofs are for
   * @param privateJwk as {@link ProofKey#fromJwk}
   * @param clock tells when a proof is issued
   * @param random for token ids and signatures
   * @return the issuer
   * @throws FaceLockException.Key if the text is no such key
   * @throws IllegalArgumentException if a name is blank
   */
  public static JwtProofIssuer fromJwk(
      String issuer, String audience, Secret privateJwk, Clock clock, SecureRandom random) {
    return new JwtProofIssuer(issuer, audience, ProofKey.fromJwk(privateJwk), clock, random);
  }

  /**
   * Publishes a key before it signs, so that services which fetch the key set now and then know it
   * by the time of {@link #rotateTo}.
   *
   * @param next the next key
   */
  public synchronized void announce(ProofKey next) {
    Keys before = keys;
    keys = new Keys(before.current(), before.signer(), with(before, next.publicKey(), Instant.MAX));
  }

  /**
   * Signs with another key from now on. The former one stays published for {@link #OVERLAP}, until
   * nothing that it signed is valid any more.
   *
   * @param next the next key; {@linkplain #announce announced} before, so that services know it
   */
  public synchronized void rotateTo(ProofKey next) {
    Keys before = keys;
    Instant end = clock.instant().plus(OVERLAP);
    List<Other> others = new ArrayList<>(with(before, before.current().publicKey(), end));
    others.removeIf(other -> other.key().getKeyID().equals(next.id()));
    keys = new Keys(next, signer(next), List.copyOf(others));
  }

  private List<Other> with(Keys before, JWK key, Instant until) {
    Instant now = clock.instant();
    List<Other> others = new ArrayList<>(before.others());
    others.removeIf(
        other -> !now.isBefore(other.until()) || other.key().getKeyID().equals(key.getKeyID()));
    others.add(new Other(key, until));
    return List.copyOf(others);
  }

  @Override
  public String issue(
      String transaction,
      SubjectId subject,
      List<PassedFactor> passed,
      AssuranceLevel level,
      Instant at) {
    Instant now = clock.instant();
    Keys signing = keys;
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(subject.value())
            .audience(audience)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFETIME)))
            .jwtID(newId())
            .claim("auth_time", at.getEpochSecond())
            .claim("amr", amr(passed, level))
            .claim(FactorClaims.NAME, FactorClaims.of(passed))
            .claim("acr", AssuranceUrn.of(level))
            .claim("txn", transaction)
            .build();
    JWSHeader header =
        new JWSHeader.Builder(signing.current().algorithm())
            .type(JOSEObjectType.JWT)
            .keyID(signing.current().id())
            .build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signing.signer());
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
   * @return a JSON Web Key Set (RFC 7517, section 5) without any private part: the present key,
   *     then announced and former ones
   */
  public String publicKeys() {
    Instant now = clock.instant();
    Keys published = keys;
    return new JWKSet(
            Stream.concat(
                    Stream.of(published.current().publicKey()),
                    published.others().stream()
                        .filter(other -> now.isBefore(other.until()))
                        .map(Other::key)
                        .filter(key -> !key.getKeyID().equals(published.current().id())))
                .toList())
        .toString(true);
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Base64URL.encode(id).toString();
  }

  private static List<String> amr(List<PassedFactor> passed, AssuranceLevel level) {
    Stream<String> methods = passed.stream().map(each -> each.factor().amr());
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
