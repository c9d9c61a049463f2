package io.github.facelock.core.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.security.GeneralSecurityException;

/** The public half of a signing key, as issuers publish it and verifiers use it. */
final class ProofKeys {

  private ProofKeys() {}

  /** Tells whether proofs may be signed with keys like this one. */
  static boolean isUsable(JWK key) {
    return (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve()))
        || (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve()));
  }

  /** The one algorithm of a usable key: a key's choice, never a token's. */
  static JWSAlgorithm algorithm(JWK key) {
    return key instanceof OctetKeyPair ? JWSAlgorithm.EdDSA : JWSAlgorithm.ES256;
  }

  /** Only what a verifier needs; an id is computed if there is none (RFC 7638). */
  static JWK publicPart(JWK key) throws JOSEException {
    String id = key.getKeyID() == null ? key.computeThumbprint().toString() : key.getKeyID();
    if (key instanceof OctetKeyPair pair) {
      return new OctetKeyPair.Builder(pair.getCurve(), pair.getX())
          .keyID(id)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.EdDSA)
          .build();
    }
    ECKey ec = key.toECKey();
    return new ECKey.Builder(ec.getCurve(), ec.getX(), ec.getY())
        .keyID(id)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.ES256)
        .build();
  }

  static JWSVerifier verifier(JWK key) throws JOSEException {
    if (key instanceof OctetKeyPair pair) {
      try {
        return new Ed25519.Verifier(pair);
      } catch (GeneralSecurityException e) {
        throw new JOSEException(e.getMessage(), e);
      }
    }
    return new ECDSAVerifier(key.toECKey());
  }
}
