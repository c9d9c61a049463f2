package io.github.facelock.core.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/**
 * EdDSA with Ed25519 (RFC 8037) by the Java runtime's own provider (JEP 339), because the signer of
 * the JOSE library needs a further library. Raw keys of 32 bytes are wrapped as RFC 8410 tells.
 */
final class Ed25519 {

  private static final String NAME = "Ed25519";
  private static final int LENGTH = 32;
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private Ed25519() {}

  static OctetKeyPair generate(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(NAME);
    generator.initialize(NamedParameterSpec.ED25519, random);
    KeyPair pair = generator.generateKeyPair();
    return new OctetKeyPair.Builder(Curve.Ed25519, tail(pair.getPublic().getEncoded()))
        .d(tail(pair.getPrivate().getEncoded()))
        .build();
  }

  private static Base64URL tail(byte[] encoded) {
    return Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length));
  }

  static final class Signer implements JWSSigner {
    private final PrivateKey key;
    private final JCAContext context = new JCAContext();

    Signer(OctetKeyPair key) throws GeneralSecurityException {
      this.key =
          KeyFactory.getInstance(NAME)
              .generatePrivate(
                  new PKCS8EncodedKeySpec(wrapped(PRIVATE_PREFIX, key.getD().decode())));
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] signingInput) throws JOSEException {
      try {
        Signature signature = Signature.getInstance(NAME);
        signature.initSign(key);
        signature.update(signingInput);
        return Base64URL.encode(signature.sign());
      } catch (GeneralSecurityException e) {
        throw new JOSEException(e.getMessage(), e);
      }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
      return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
      return context;
    }
  }

  static final class Verifier implements JWSVerifier {
    private final PublicKey key;
    private final JCAContext context = new JCAContext();

    Verifier(OctetKeyPair key) throws GeneralSecurityException {
      this.key =
          KeyFactory.getInstance(NAME)
              .generatePublic(new X509EncodedKeySpec(wrapped(PUBLIC_PREFIX, key.getX().decode())));
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) {
      // An extension that must be understood is understood by nobody here (RFC 7515, 4.1.11).
      if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
        return false;
      }
      try {
        Signature verifier = Signature.getInstance(NAME);
        verifier.initVerify(key);
        verifier.update(signingInput);
        return verifier.verify(signature.decode());
      } catch (GeneralSecurityException e) {
        // What is not even shaped like a signature.
        return false;
      }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
      return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
      return context;
    }
  }

  private static byte[] wrapped(byte[] prefix, byte[] raw) throws GeneralSecurityException {
    if (raw.length != LENGTH) {
      throw new GeneralSecurityException("A key of Ed25519 has 32 bytes");
    }
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + LENGTH);
    System.arraycopy(raw, 0, encoded, prefix.length, LENGTH);
    return encoded;
  }
}
