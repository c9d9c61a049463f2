package io.github.facelock.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.PriorLogin;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.token.ProofVerification.Reason;
import io.github.facelock.core.token.ProofVerification.Rejected;
import io.github.facelock.core.token.ProofVerification.Verified;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtProofVerifierTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ISSUER = "https://login.example";
  private static final String AUDIENCE = "door";
  private static final SubjectId ANN = SubjectId.of("ann");
  private static final BigInteger ORDER = Curve.P_256.toECParameterSpec().getOrder();

  private static final FactorType BADGE = FactorType.of("badge", FactorKind.POSSESSION, "hwk");
  private static final List<PassedFactor> PASSED =
      List.of(
          new PassedFactor(FactorType.PIN, NOW.minusSeconds(3600)),
          new PassedFactor(FactorType.FACE, NOW.minusSeconds(3)),
          new PassedFactor(BADGE, NOW.minusSeconds(3)));

  private static ECKey key;

  private final JwtProofIssuer issuer =
      new JwtProofIssuer(ISSUER, AUDIENCE, key, at(NOW), new SecureRandom());
  private final JwtProofVerifier verifier = verifierAt(NOW);

  @BeforeAll
  static void makeKey() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("current").generate();
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private JwtProofVerifier verifierAt(Instant instant) {
    return new JwtProofVerifier(ISSUER, AUDIENCE, issuer.publicKeys(), at(instant));
  }

  private String proof() {
    return issuer.issue("tx-7", ANN, PASSED, AssuranceLevel.AAL2, NOW.minusSeconds(3));
  }

  @Test
  void aGenuineProofIsVerified() {
    Verified verified = (Verified) verifier.verify(proof());
    assertThat(verified.subject()).isEqualTo(ANN);
    assertThat(verified.amr()).containsExactly("pin", "face", "hwk", "mfa");
    assertThat(verified.passed()).isEqualTo(PASSED);
    assertThat(verified.passed().get(2).factor().kind()).isEqualTo(FactorKind.POSSESSION);
    assertThat(verified.priorLogin()).isEqualTo(new PriorLogin(ANN, PASSED));
    assertThat(verified.level()).isEqualTo(AssuranceLevel.AAL2);
    assertThat(verified.authTime()).isEqualTo(NOW.minusSeconds(3));
    assertThat(verified.transaction()).isEqualTo("tx-7");
    assertThat(verified.id()).hasSize(22);
    assertThat(verified.expiresAt()).isEqualTo(NOW.plus(JwtProofIssuer.LIFETIME));
  }

  @Test
  void aProofOfOneKindOfFactorSaysSo() {
    String proof = issuer.issue("tx", ANN, PASSED.subList(1, 2), AssuranceLevel.AAL1, NOW);
    assertThat(((Verified) verifier.verify(proof)).level()).isEqualTo(AssuranceLevel.AAL1);
  }

  @Test
  void oneKeyIsEnough() {
    JwtProofVerifier one = new JwtProofVerifier(ISSUER, AUDIENCE, key.toPublicJWK(), at(NOW));
    assertThat(one.verify(proof())).isInstanceOf(Verified.class);
  }

  @Test
  void oldAndNewKeysVerifyWhileKeysChange() throws Exception {
    ECKey next = new ECKeyGenerator(Curve.P_256).keyID("next").generate();
    RSAKey other = new RSAKeyGenerator(2048).keyID("other").generate();
    ECKey larger = new ECKeyGenerator(Curve.P_384).keyID("larger").generate();
    String jwks = new JWKSet(List.of(other, larger, key, next)).toPublicJWKSet().toString(true);
    JwtProofVerifier both = new JwtProofVerifier(ISSUER, AUDIENCE, jwks, at(NOW));
    JwtProofIssuer nextIssuer =
        new JwtProofIssuer(ISSUER, AUDIENCE, next, at(NOW), new SecureRandom());
    assertThat(both.verify(proof())).isInstanceOf(Verified.class);
    assertThat(
            both.verify(nextIssuer.issue("t", ANN, PASSED.subList(0, 1), AssuranceLevel.AAL1, NOW)))
        .isInstanceOf(Verified.class);
  }

  @Test
  void keysThatCannotVerifyAreRefusedAtOnce() throws Exception {
    ECKey larger = new ECKeyGenerator(Curve.P_384).keyID("larger").generate();
    for (String jwks :
        List.of("", "{}", "{\"keys\":[]}", "nonsense", new JWKSet(larger).toString(true))) {
      assertThatThrownBy(() -> new JwtProofVerifier(ISSUER, AUDIENCE, jwks, at(NOW)))
          .isInstanceOf(FaceLockException.Key.class)
          .hasMessageContaining("again");
    }
    assertThatThrownBy(() -> new JwtProofVerifier(ISSUER, AUDIENCE, larger, at(NOW)))
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining("P-256");
    assertThatThrownBy(() -> new JwtProofVerifier("", AUDIENCE, key, at(NOW)))
        .hasMessageContaining("issuer");
    assertThatThrownBy(() -> new JwtProofVerifier(ISSUER, " ", key, at(NOW)))
        .hasMessageContaining("audience");
  }

  @Test
  void aProofOfAnotherKeyIsRejectedWhateverItCallsTheKey() throws Exception {
    ECKey stranger = new ECKeyGenerator(Curve.P_256).keyID("stranger").generate();
    ECKey impostor = new ECKeyGenerator(Curve.P_256).keyID("current").generate();
    assertThat(verifier.verify(sign(stranger, header(stranger).build(), claims().build())))
        .isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
    assertThat(verifier.verify(sign(impostor, header(impostor).build(), claims().build())))
        .isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
    // A key that the token brings along is no reason to trust it (RFC 8725, section 3.10).
    JWSHeader own = header(impostor).jwk(impostor.toPublicJWK()).build();
    assertThat(verifier.verify(sign(impostor, own, claims().build())))
        .isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
    JWSHeader nameless = new JWSHeader.Builder(JWSAlgorithm.ES256).build();
    assertThat(verifier.verify(sign(key, nameless, claims().build())))
        .isEqualTo(new Rejected(Reason.UNKNOWN_KEY));
  }

  @Test
  void aTokenWithoutSignatureIsRejected() throws Exception {
    assertThat(verifier.verify(new PlainJWT(claims().build()).serialize()))
        .isEqualTo(new Rejected(Reason.WRONG_ALGORITHM));
    String[] parts = proof().split("\\.", -1);
    for (String alg : List.of("none", "None", "NONE", "nOnE")) {
      String header = encode("{\"alg\":\"" + alg + "\",\"kid\":\"current\"}");
      for (String signature : List.of("", parts[2])) {
        assertThat(verifier.verify(header + "." + parts[1] + "." + signature))
            .isInstanceOf(Rejected.class);
      }
    }
    assertThat(verifier.verify(parts[0] + "." + parts[1] + ".")).isInstanceOf(Rejected.class);
    assertThat(verifier.verify(parts[0] + "." + parts[1])).isInstanceOf(Rejected.class);
  }

  /** RFC 8725, section 2.1: the public key must not work as the key of a MAC. */
  @Test
  void thePublicKeyIsNoMacKey() throws Exception {
    for (byte[] publicKey :
        List.of(
            issuer.publicKeys().getBytes(StandardCharsets.UTF_8),
            key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            key.toECPublicKey().getEncoded())) {
      JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("current").build();
      assertThat(verifier.verify(sign(new MACSigner(publicKey), header, claims().build())))
          .isEqualTo(new Rejected(Reason.WRONG_ALGORITHM));
    }
  }

  @Test
  void otherSignatureAlgorithmsAreRejected() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("current").generate();
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("current").build();
    assertThat(verifier.verify(sign(new RSASSASigner(rsa), header, claims().build())))
        .isEqualTo(new Rejected(Reason.WRONG_ALGORITHM));
    ECKey larger = new ECKeyGenerator(Curve.P_384).keyID("current").generate();
    JWSHeader es384 = new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("current").build();
    assertThat(verifier.verify(sign(new ECDSASigner(larger), es384, claims().build())))
        .isEqualTo(new Rejected(Reason.WRONG_ALGORITHM));
  }

  /** CVE-2022-21449: a broken verifier takes r = s = 0 for the signature of anything. */
  @Test
  void signaturesOutsideTheirRangeAreRejected() {
    String proof = proof();
    byte[] good = new Base64URL(proof.substring(proof.lastIndexOf('.') + 1)).decode();
    byte[] zero = new byte[32];
    byte[] order = fixed(ORDER);
    byte[] beyond = fixed(ORDER.add(BigInteger.ONE));
    byte[] r = Arrays.copyOf(good, 32);
    byte[] s = Arrays.copyOfRange(good, 32, 64);
    for (byte[][] pair :
        new byte[][][] {
          {zero, zero},
          {r, zero},
          {zero, s},
          {order, order},
          {r, order},
          {order, s},
          {beyond, beyond},
          {s, r}
        }) {
      byte[] signature = Arrays.copyOf(pair[0], 64);
      System.arraycopy(pair[1], 0, signature, 32, 32);
      assertThat(verifier.verify(withSignature(proof, signature)))
          .isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
    }
    for (int length : new int[] {1, 32, 63, 65, 128}) {
      assertThat(verifier.verify(withSignature(proof, Arrays.copyOf(good, length))))
          .isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
    }
  }

  private static byte[] fixed(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);
  }

  private static String withSignature(String proof, byte[] signature) {
    return proof.substring(0, proof.lastIndexOf('.') + 1) + Base64URL.encode(signature);
  }

  @Test
  void anotherIssuerOrAudienceIsRejected() throws Exception {
    assertThat(verifySigned(claims().issuer("https://evil.example")))
        .isEqualTo(new Rejected(Reason.WRONG_ISSUER));
    assertThat(verifySigned(claims().issuer(null))).isEqualTo(new Rejected(Reason.WRONG_ISSUER));
    assertThat(verifySigned(claims().audience("gate")))
        .isEqualTo(new Rejected(Reason.WRONG_AUDIENCE));
    assertThat(verifySigned(claims().audience((String) null)))
        .isEqualTo(new Rejected(Reason.WRONG_AUDIENCE));
    assertThat(verifySigned(claims().audience(List.of("gate", AUDIENCE))))
        .isInstanceOf(Verified.class);
  }

  @Test
  void aProofEndsAfterFiveMinutesAndTheSkew() {
    Instant end = NOW.plus(JwtProofIssuer.LIFETIME).plus(JwtProofVerifier.CLOCK_SKEW);
    assertThat(verifierAt(end.minusMillis(1)).verify(proof())).isInstanceOf(Verified.class);
    assertThat(verifierAt(end).verify(proof())).isEqualTo(new Rejected(Reason.EXPIRED));
    assertThat(verifierAt(NOW.plus(Duration.ofDays(9))).verify(proof()))
        .isEqualTo(new Rejected(Reason.EXPIRED));
  }

  @Test
  void aProofFromTheFutureIsRejected() throws Exception {
    Instant earliest = NOW.minus(JwtProofVerifier.CLOCK_SKEW);
    assertThat(verifierAt(earliest).verify(proof())).isInstanceOf(Verified.class);
    assertThat(verifierAt(earliest.minusMillis(1)).verify(proof()))
        .isEqualTo(new Rejected(Reason.NOT_YET_VALID));
    assertThat(verifySigned(claims().notBeforeTime(Date.from(NOW.plusSeconds(30)))))
        .isInstanceOf(Verified.class);
    assertThat(verifySigned(claims().notBeforeTime(Date.from(NOW.plusSeconds(31)))))
        .isEqualTo(new Rejected(Reason.NOT_YET_VALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "exp", "iat", "jti", "auth_time", "amr", "acr", "txn", "factors"})
  void aGenuineTokenThatLacksAClaimIsNoProof(String claim) throws Exception {
    assertThat(verifySigned(claims().claim(claim, null)))
        .isEqualTo(new Rejected(Reason.INCOMPLETE));
  }

  @Test
  void aGenuineTokenWithStrangeClaimsIsNoProof() throws Exception {
    List<UnaryOperator<JWTClaimsSet.Builder>> changes =
        List.of(
            c -> c.subject(" "),
            c -> c.subject("x".repeat(129)),
            c -> c.claim("acr", "urn:facelock:aal3"),
            c -> c.claim("acr", 2),
            c -> c.claim("amr", "face"),
            c -> c.claim("amr", List.of(1)),
            c -> c.claim("auth_time", "yesterday"),
            c -> c.claim("auth_time", Long.MAX_VALUE),
            c -> c.claim("factors", List.of()),
            c -> c.claim("factors", "face"),
            c -> c.claim("factors", List.of("face")),
            c -> c.claim("factors", List.of(factor("face", "possession", "face", 1L))),
            c -> c.claim("factors", List.of(factor("face", "charm", "face", 1L))),
            c -> c.claim("factors", List.of(factor("FACE!", "inherence", "face", 1L))),
            c -> c.claim("factors", List.of(factor("face", "inherence", "face", "now"))),
            c -> c.claim("factors", List.of(factor("face", "inherence", "face", Long.MAX_VALUE))),
            c -> c.claim("factors", Collections.nCopies(33, factor("pin", "knowledge", "pin", 1L))),
            c -> c.claim("txn", List.of("tx")));
    for (UnaryOperator<JWTClaimsSet.Builder> change : changes) {
      assertThat(verifySigned(change.apply(claims()))).isEqualTo(new Rejected(Reason.INCOMPLETE));
    }
  }

  private static Map<String, Object> factor(String id, String kind, String amr, Object at) {
    return Map.of("id", id, "kind", kind, "amr", amr, "auth_time", at);
  }

  @Test
  void anUnknownCriticalExtensionIsRejected() throws Exception {
    JWSHeader header = header(key).criticalParams(Set.of("exp2")).customParam("exp2", 1).build();
    assertThat(verifier.verify(sign(key, header, claims().build())))
        .isEqualTo(new Rejected(Reason.WRONG_SIGNATURE));
  }

  @Test
  void anOversizedProofIsRejectedUnread() throws Exception {
    assertThat(verifier.verify("x".repeat(JwtProofVerifier.MAX_LENGTH + 1)))
        .isEqualTo(new Rejected(Reason.TOO_LARGE));
    assertThat(verifier.verify("x".repeat(JwtProofVerifier.MAX_LENGTH)))
        .isEqualTo(new Rejected(Reason.MALFORMED));
    assertThat(verifySigned(claims().claim("padding", "x".repeat(8000))))
        .isEqualTo(new Rejected(Reason.TOO_LARGE));
  }

  @Test
  void whatIsNoTokenIsMalformed() throws Exception {
    String deep = encode("{\"a\":".repeat(1000) + "1" + "}".repeat(1000));
    String good = encode("{\"alg\":\"ES256\",\"kid\":\"current\"}");
    for (String text :
        List.of(
            "",
            ".",
            "..",
            "...",
            "a.b.c",
            "{}",
            "null",
            "\u0000",
            "\ud800.\ud800.\ud800",
            encode("{}") + "..",
            encode("[]") + "." + encode("{}") + ".AA",
            encode("{\"alg\":null}") + "." + encode("{}") + ".AA",
            encode("{\"alg\":\"ES256\",\"alg\":\"none\"}") + "." + encode("{}") + ".AA",
            good + "." + encode("{}") + ".AA.AA.AA",
            good + "." + encode("{}"),
            good + ".",
            deep + "." + deep + ".AA")) {
      assertThat(verifier.verify(text)).as(text).isInstanceOf(Rejected.class);
    }
    // Nested deeply, and genuinely signed: still a value.
    assertThat(verifier.verify(signPayload("[".repeat(4000)))).isInstanceOf(Rejected.class);
    assertThat(verifier.verify(signPayload("not json"))).isInstanceOf(Rejected.class);
    assertThat(verifier.verify(signPayload("{\"exp\":1e999}"))).isInstanceOf(Rejected.class);
    assertThat(verifier.verify(signPayload("{\"exp\":\"soon\"}"))).isInstanceOf(Rejected.class);
  }

  @Test
  void noAlteredProofIsVerifiedOrThrows() {
    long seed = new SecureRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    String proof = proof();
    for (int i = 0; i < 1500; i++) {
      String altered = mutate(proof, random);
      ProofVerification verification = verifier.verify(altered);
      if (verification instanceof Verified) {
        // Only the unused bits of a base64 character can differ without any meaning.
        assertThat(decoded(altered)).as("seed %d: %s", seed, altered).isEqualTo(decoded(proof));
      }
    }
  }

  /** Changes the JSON within, so that the mutations reach beyond the base64. */
  @Test
  void noAlteredHeaderIsVerifiedAndNoSignedNonsenseThrows() throws Exception {
    long seed = new SecureRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    String[] parts = proof().split("\\.", -1);
    String header = new Base64URL(parts[0]).decodeToString();
    String payload = new Base64URL(parts[1]).decodeToString();
    for (int i = 0; i < 1500; i++) {
      String changed = mutate(header, random);
      if (!changed.equals(header)) {
        assertThat(verifier.verify(encode(changed) + "." + parts[1] + "." + parts[2]))
            .as("seed %d: %s", seed, changed)
            .isInstanceOf(Rejected.class);
      }
    }
    for (int i = 0; i < 500; i++) {
      String changed = mutate(payload, random);
      assertThat(verifier.verify(signPayload(changed)))
          .as("seed %d: %s", seed, changed)
          .isNotNull();
    }
  }

  private static String mutate(String text, SplittableRandom random) {
    StringBuilder altered = new StringBuilder(text);
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes && altered.length() > 1; i++) {
      int at = random.nextInt(altered.length());
      switch (random.nextInt(5)) {
        case 0 -> altered.setCharAt(at, (char) random.nextInt(1, 256));
        case 1 -> altered.deleteCharAt(at);
        case 2 -> altered.insert(at, (char) random.nextInt(32, 127));
        case 3 -> altered.setLength(at + 1);
        default -> altered.insert(at, altered.substring(at));
      }
    }
    return altered.toString();
  }

  private static List<String> decoded(String proof) {
    return Arrays.stream(proof.split("\\.", -1))
        .map(part -> Arrays.toString(new Base64URL(part).decode()))
        .toList();
  }

  private static String encode(String json) {
    return Base64URL.encode(json).toString();
  }

  private ProofVerification verifySigned(JWTClaimsSet.Builder claims) throws Exception {
    return verifier.verify(sign(key, header(key).build(), claims.build()));
  }

  private static String signPayload(String payload) throws Exception {
    JWSHeader header = header(key).build();
    Base64URL encoded = Base64URL.encode(payload);
    Base64URL signature =
        new ECDSASigner(key)
            .sign(
                header, (header.toBase64URL() + "." + encoded).getBytes(StandardCharsets.US_ASCII));
    return header.toBase64URL() + "." + encoded + "." + signature;
  }

  private static String sign(ECKey key, JWSHeader header, JWTClaimsSet claims) throws Exception {
    return sign(new ECDSASigner(key), header, claims);
  }

  private static String sign(JWSSigner signer, JWSHeader header, JWTClaimsSet claims)
      throws Exception {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  private static JWSHeader.Builder header(ECKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .subject("ann")
        .audience(AUDIENCE)
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .jwtID("id")
        .claim("auth_time", NOW.getEpochSecond())
        .claim("amr", List.of("face"))
        .claim("acr", "urn:facelock:aal1")
        .claim("txn", "tx")
        .claim("factors", List.of(factor("face", "inherence", "face", NOW.getEpochSecond())));
  }
}
