package io.github.facelock.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.token.ProofVerification.Reason;
import io.github.facelock.core.token.ProofVerification.Rejected;
import io.github.facelock.core.token.ProofVerification.Verified;
import io.github.facelock.test.MutableClock;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of both algorithms, and their change. */
class ProofKeyTest {

  /** RFC 8037, appendix A.1. */
  private static final String RFC_8037 =
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
          + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SubjectId ANN = SubjectId.of("ann");

  private final MutableClock clock = MutableClock.at(Instant.parse("2030-01-01T12:00:00Z"));

  private JwtProofIssuer issuer(ProofKey key) {
    return new JwtProofIssuer("me", "you", key, clock, RANDOM);
  }

  private String issue(JwtProofIssuer issuer) {
    return issuer.issue(
        "tx",
        ANN,
        List.of(
            new PassedFactor(FactorType.FACE, clock.instant()),
            new PassedFactor(FactorType.TOTP, clock.instant())),
        AssuranceLevel.AAL2,
        clock.instant());
  }

  private ProofVerification verify(String jwks, String proof) {
    return new JwtProofVerifier("me", "you", jwks, clock).verify(proof);
  }

  /** RFC 8037, appendices A.3 to A.5. */
  @Test
  void theVectorsOfRfc8037() throws Exception {
    ProofKey key = ProofKey.fromJwk(Secret.of(RFC_8037));
    assertThat(key.id()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");

    JWSHeader header = new JWSHeader(JWSAlgorithm.EdDSA);
    byte[] input =
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            .getBytes(StandardCharsets.US_ASCII);
    Base64URL signature = key.signer(RANDOM).sign(header, input);

    assertThat(signature)
        .hasToString(
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
    assertThat(ProofKeys.verifier(key.publicKey()).verify(header, input, signature)).isTrue();
    input[5] ^= 1;
    assertThat(ProofKeys.verifier(key.publicKey()).verify(header, input, signature)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aProofIsVerifiedFromThePublishedKeys(ProofAlgorithm algorithm) throws Exception {
    ProofKey key = ProofKey.generate(algorithm, RANDOM);
    JwtProofIssuer issuer = issuer(key);
    String proof = issue(issuer);

    assertThat(verify(issuer.publicKeys(), proof))
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> {
              assertThat(verified.subject()).isEqualTo(ANN);
              assertThat(verified.amr()).containsExactly("face", "otp", "mfa");
            });
    assertThat(issuer.publicKeys()).doesNotContain("\"d\"");
    assertThat(SignedJWT.parse(proof).getHeader().getKeyID()).isEqualTo(key.id());
    assertThat(key.toString()).contains(key.id()).contains("redacted");
  }

  @ParameterizedTest
  @EnumSource
  void aKeptKeyIsTheSameKey(ProofAlgorithm algorithm) {
    ProofKey key = ProofKey.generate(algorithm, RANDOM);
    ProofKey again = ProofKey.fromJwk(key.toJwk());

    assertThat(again.id()).isEqualTo(key.id());
    assertThat(verify(issuer(key).publicKeys(), issue(issuer(again)))).isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @EnumSource
  void everyAlteredProofIsRejected(ProofAlgorithm algorithm) {
    JwtProofIssuer issuer = issuer(ProofKey.generate(algorithm, RANDOM));
    String proof = issue(issuer);
    for (int i = 0; i < proof.length(); i++) {
      char[] altered = proof.toCharArray();
      altered[i] = altered[i] == 'A' ? 'B' : 'A';
      String text = String.valueOf(altered);
      if (sameBytes(text, proof)) {
        continue; // Unused bits of the last character of a part.
      }
      assertThat(verify(issuer.publicKeys(), text)).as("at %d", i).isInstanceOf(Rejected.class);
    }
  }

  private static boolean sameBytes(String one, String other) {
    String[] a = one.split("\\.", -1);
    String[] b = other.split("\\.", -1);
    if (a.length != b.length) {
      return false;
    }
    return a[0].equals(b[0])
        && a[1].equals(b[1])
        && java.util.Arrays.equals(new Base64URL(a[2]).decode(), new Base64URL(b[2]).decode());
  }

  @Test
  void aKeysAlgorithmIsNotTheTokensChoice() throws Exception {
    ProofKey ec = ProofKey.generate(ProofAlgorithm.ES256, RANDOM);
    ProofKey ed = ProofKey.generate(ProofAlgorithm.EDDSA, RANDOM);
    String jwks = new JWKSet(List.of(ec.publicKey(), ed.publicKey())).toString(true);
    // Signed rightly by one key, named after the other.
    for (List<ProofKey> pair : List.of(List.of(ec, ed), List.of(ed, ec))) {
      JWSHeader header =
          new JWSHeader.Builder(pair.get(0).algorithm()).keyID(pair.get(1).id()).build();
      JWSObject token = new JWSObject(header, payload());
      token.sign(pair.get(0).signer(RANDOM));

      assertThat(verify(jwks, token.serialize())).isEqualTo(new Rejected(Reason.WRONG_ALGORITHM));
    }
  }

  private Payload payload() throws Exception {
    return SignedJWT.parse(issue(issuer(ProofKey.generate(ProofAlgorithm.ES256, RANDOM))))
        .getPayload();
  }

  @Test
  void thePublicKeyOfEd25519IsNoMacKey() throws Exception {
    ProofKey ed = ProofKey.generate(ProofAlgorithm.EDDSA, RANDOM);
    OctetKeyPair open = ed.publicKey().toOctetKeyPair();
    for (byte[] mac :
        List.of(
            open.getX().decode(),
            open.toJSONString().getBytes(StandardCharsets.UTF_8),
            issuer(ed).publicKeys().getBytes(StandardCharsets.UTF_8))) {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(ed.id()).build();
      JWSObject token = new JWSObject(header, payload());
      token.sign(new MACSigner(mac));

      assertThat(verify(issuer(ed).publicKeys(), token.serialize()))
          .isEqualTo(new Rejected(Reason.WRONG_ALGORITHM));
    }
  }

  @Test
  void aCriticalExtensionIsRejectedAlsoWithEd25519() throws Exception {
    ProofKey ed = ProofKey.generate(ProofAlgorithm.EDDSA, RANDOM);
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.EdDSA)
            .keyID(ed.id())
            .criticalParams(Set.of("ext"))
            .customParam("ext", true)
            .build();
    JWSObject token = new JWSObject(header, payload());
    token.sign(ed.signer(RANDOM));

    assertThat(verify(issuer(ed).publicKeys(), token.serialize()))
        .isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
  }

  @Test
  void twoKeysOfOneIdAreRefused() throws Exception {
    JWK one =
        new OctetKeyPair.Builder(
                ProofKey.generate(ProofAlgorithm.EDDSA, RANDOM).publicKey().toOctetKeyPair())
            .keyID("same")
            .build();
    JWK other =
        new com.nimbusds.jose.jwk.ECKey.Builder(
                ProofKey.generate(ProofAlgorithm.ES256, RANDOM).publicKey().toECKey())
            .keyID("same")
            .build();
    String jwks = new JWKSet(List.of(one, other)).toString(true);

    assertThatExceptionOfType(FaceLockException.Key.class)
        .isThrownBy(() -> verify(jwks, "a.b.c"))
        .withMessageContaining("same id");
  }

  @Test
  void keysChangeWithoutAGap() {
    ProofKey first = ProofKey.generate(ProofAlgorithm.ES256, RANDOM);
    ProofKey second = ProofKey.generate(ProofAlgorithm.EDDSA, RANDOM);
    JwtProofIssuer issuer = issuer(first);
    issuer.announce(second);
    String early = issuer.publicKeys();
    assertThat(early).contains(first.id()).contains(second.id());
    String old = issue(issuer);
    issuer.rotateTo(second);
    String young = issue(issuer);

    // A service that fetched the keys before the change knows both; so does one that asks now.
    for (String jwks : List.of(early, issuer.publicKeys())) {
      assertThat(verify(jwks, old)).isInstanceOf(Verified.class);
      assertThat(verify(jwks, young)).isInstanceOf(Verified.class);
    }
    clock.advance(JwtProofIssuer.LIFETIME);
    assertThat(issuer.publicKeys()).contains(first.id());
    clock.advance(JwtProofVerifier.CLOCK_SKEW);
    assertThat(verify(early, old)).isEqualTo(new Rejected(Reason.EXPIRED));
    assertThat(issuer.publicKeys()).doesNotContain(first.id()).contains(second.id());
    assertThat(verify(issuer.publicKeys(), old)).isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
    assertThat(verify(issuer.publicKeys(), issue(issuer))).isInstanceOf(Verified.class);
  }

  @Test
  void changingBackAndForthPublishesEachKeyOnce() throws Exception {
    ProofKey first = ProofKey.generate(ProofAlgorithm.ES256, RANDOM);
    ProofKey second = ProofKey.generate(ProofAlgorithm.ES256, RANDOM);
    JwtProofIssuer issuer = issuer(first);
    issuer.announce(first);
    issuer.rotateTo(second);
    issuer.rotateTo(first);
    issuer.rotateTo(first);

    assertThat(JWKSet.parse(issuer.publicKeys()).getKeys())
        .extracting(JWK::getKeyID)
        .containsExactly(first.id(), second.id());
    assertThat(verify(issuer.publicKeys(), issue(issuer))).isInstanceOf(Verified.class);
  }

  @Test
  void aKeyWhoseHalvesDoNotBelongTogetherIsRefused() {
    for (ProofAlgorithm algorithm : ProofAlgorithm.values()) {
      JWK one = parse(ProofKey.generate(algorithm, RANDOM));
      JWK other = parse(ProofKey.generate(algorithm, RANDOM));
      String mixed =
          algorithm == ProofAlgorithm.EDDSA
              ? one.toJSONString()
                  .replace(
                      one.toOctetKeyPair().getX().toString(),
                      other.toOctetKeyPair().getX().toString())
              : one.toJSONString()
                  .replace(one.toECKey().getD().toString(), other.toECKey().getD().toString());

      assertThatExceptionOfType(FaceLockException.Key.class)
          .as("%s", algorithm)
          .isThrownBy(() -> ProofKey.fromJwk(Secret.of(mixed)))
          .withNoCause();
    }
  }

  private static JWK parse(ProofKey key) {
    try {
      return JWK.parse(new String(key.toJwk().reveal()));
    } catch (java.text.ParseException e) {
      throw new AssertionError(e);
    }
  }
}
