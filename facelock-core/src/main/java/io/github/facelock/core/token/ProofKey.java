package io.github.facelock.core.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;

/** A private key that signs proofs. Never prints. Thread-safe. */
public final class ProofKey {

  private final JWK key;
  private final JWK publicKey;
  private final JWSAlgorithm algorithm;

  private ProofKey(JWK key, JWSAlgorithm algorithm) throws JOSEException {
    this.key = key;
    this.publicKey = ProofKeys.publicPart(key);
    this.algorithm = algorithm;
  }

  /** Takes a key on P-256. */
  static ProofKey of(ECKey key) throws JOSEException {
    return new ProofKey(key, JWSAlgorithm.ES256);
  }

  /**
   * Draws a key.
   *
   * @param algorithm for which algorithm
   * @param random draws it
   * @return a key whose id is its thumbprint (RFC 7638)
   * @throws FaceLockException if this Java runtime lacks the algorithm
   */
  public static ProofKey generate(ProofAlgorithm algorithm, SecureRandom random) {
    try {
      return switch (algorithm) {
        case ES256 ->
            new ProofKey(
                new ECKeyGenerator(Curve.P_256).secureRandom(random).generate(),
                JWSAlgorithm.ES256);
        case EDDSA -> new ProofKey(Ed25519.generate(random), JWSAlgorithm.EdDSA);
      };
    } catch (JOSEException | GeneralSecurityException e) {
      throw new FaceLockException(
          "This Java runtime cannot make keys for "
              + algorithm
              + ": use one that has the EC algorithms",
          e);
    }
  }

  /**
   * Reads a key that was kept as text.
   *
   * @param privateJwk a JSON Web Key (RFC 7517) with {@code kty=EC, crv=P-256} or {@code kty=OKP,
   *     crv=Ed25519}, and {@code d}; without a {@code kid}, its thumbprint becomes the id
   * @return the key
   * @throws FaceLockException.Key if the text is no such key, or its halves do not belong together;
   *     the message repeats no part of it
   */
  public static ProofKey fromJwk(Secret privateJwk) {
    try {
      JWK key = JWK.parse(new String(privateJwk.reveal()));
      if (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve()) && ec.isPrivate()) {
        return paired(new ProofKey(ec, JWSAlgorithm.ES256));
      }
      if (key instanceof OctetKeyPair pair
          && Curve.Ed25519.equals(pair.getCurve())
          && pair.isPrivate()) {
        return paired(new ProofKey(pair, JWSAlgorithm.EdDSA));
      }
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      // Without the exception: its message may repeat parts of the key.
      throw unusable();
    }
    throw unusable();
  }

  /** A public half of another key would be published, and nobody could verify anything. */
  private static ProofKey paired(ProofKey key) throws JOSEException {
    byte[] probe = "facelock".getBytes(StandardCharsets.US_ASCII);
    JWSHeader header = new JWSHeader(key.algorithm);
    JWSVerifier verifier = ProofKeys.verifier(key.publicKey);
    if (!verifier.verify(header, probe, key.signer().sign(header, probe))) {
      throw unusable();
    }
    return key;
  }

  private static FaceLockException.Key unusable() {
    return new FaceLockException.Key(
        "The signing key is not usable: give a JSON Web Key with kty=EC, crv=P-256 or kty=OKP,"
            + " crv=Ed25519, with d, whose halves belong together");
  }

  /**
   * Names the key, as proofs do.
   *
   * @return the key's id
   */
  public String id() {
    return publicKey.getKeyID();
  }

  /**
   * Shows the whole key, to be kept.
   *
   * @return a JSON Web Key with its private part
   */
  public Secret toJwk() {
    return Secret.of(key.toJSONString());
  }

  JWK publicKey() {
    return publicKey;
  }

  JWSAlgorithm algorithm() {
    return algorithm;
  }

  JWSSigner signer(SecureRandom random) throws JOSEException {
    JWSSigner signer = signer();
    signer.getJCAContext().setSecureRandom(random);
    return signer;
  }

  /** With the provider's own randomness. */
  private JWSSigner signer() throws JOSEException {
    if (key instanceof OctetKeyPair pair) {
      try {
        return new Ed25519.Signer(pair);
      } catch (GeneralSecurityException e) {
        throw new JOSEException(e.getMessage(), e);
      }
    }
    return new ECDSASigner(key.toECKey());
  }

  @Override
  public String toString() {
    return "ProofKey[" + id() + ", " + algorithm + ", redacted]";
  }
}
