package io.github.facelock.core.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;

/** The public half of a signing key, as issuers publish it. */
final class ProofKeys {

  private ProofKeys() {}

  /** Only what a verifier needs; an id is computed if there is none (RFC 7638). */
  static ECKey publicPart(ECKey key) throws JOSEException {
    String id = key.getKeyID() == null ? key.computeThumbprint().toString() : key.getKeyID();
    return new ECKey.Builder(key.getCurve(), key.getX(), key.getY())
        .keyID(id)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.ES256)
        .build();
  }
}
