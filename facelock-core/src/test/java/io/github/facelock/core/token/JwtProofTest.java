package io.github.facelock.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.core.token.ProofVerdict.Reason;
import io.github.facelock.core.token.ProofVerdict.Rejected;
import io.github.facelock.core.token.ProofVerdict.Verified;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class JwtProofTest {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String ISSUER = "https://login.example";
  private static final String AUDIENCE = "shop";

  private final SecureRandom random = new SecureRandom();
  private final StoppedClock clock = new StoppedClock(NOW);
  private final ECKey key = newKey(Curve.P_256);
  private final JwtProofIssuer issuer =
      new JwtProofIssuer(key, ISSUER, AUDIENCE, clock, random, JwtProofIssuer.LIFETIME);
  private final JwtProofVerifier verifier = verifier(AUDIENCE, key);

  @Test
  void aProofSaysWhatTheLoginProved() {
    Instant at = NOW.minusSeconds(2);
    String token =
        issuer.issue(
            "tx-1",
            ALICE,
            List.of(FactorType.PASSWORD, FactorType.FACE, FactorType.TOTP, FactorType.EMAIL_CODE),
            AssuranceLevel.AAL2,
            at);
    assertThat(verifier.verify(token))
        .isInstanceOfSatisfying(
            Verified.class,
            v -> {
              ProofClaims claims = v.claims();
              assertThat(claims.subject()).isEqualTo(ALICE);
              assertThat(claims.methods()).containsExactly("pwd", "face", "otp", "mfa");
              assertThat(claims.level()).isEqualTo(AssuranceLevel.AAL2);
              assertThat(claims.authenticatedAt()).isEqualTo(at);
              assertThat(claims.issuedAt()).isEqualTo(NOW);
              assertThat(claims.expiresAt()).isEqualTo(NOW.plusSeconds(300));
              assertThat(claims.transaction()).isEqualTo("tx-1");
              assertThat(claims.id()).hasSize(22);
            });
  }

  @Test
  void oneFactorIsNotMfaAndIdsDiffer() {
    ProofClaims one = ((Verified) verifier.verify(token())).claims();
    ProofClaims two = ((Verified) verifier.verify(token())).claims();
    assertThat(one.methods()).containsExactly("pwd");
    assertThat(one.level()).isEqualTo(AssuranceLevel.AAL1);
    assertThat(one.id()).isNotEqualTo(two.id());
  }

  @Test
  void anEphemeralIssuerIsVerifiedByItsPublicKey() {
    JwtProofIssuer ephemeral = JwtProofIssuer.ephemeral(ISSUER, AUDIENCE, clock, random);
    assertThat(ephemeral.publicKey().isPrivate()).isFalse();
    String token = ephemeral.issue("tx", ALICE, List.of(FactorType.PIN), AssuranceLevel.AAL1, NOW);
    assertThat(verifier(AUDIENCE, key, ephemeral.publicKey()).verify(token))
        .isInstanceOf(Verified.class);
    assertRejected(token, Reason.UNKNOWN_KEY);
  }

  @Test
  void aTokenWithoutSignatureIsRejected() throws Exception {
    assertRejected(new PlainJWT(claims(c -> c)).serialize(), Reason.WRONG_ALGORITHM);
    String token = token();
    assertRejected(token.substring(0, token.lastIndexOf('.') + 1), Reason.WRONG_ALGORITHM);
    String none = base64("{\"alg\":\"none\"}") + token.substring(token.indexOf('.'));
    assertThat(verifier.verify(none)).isInstanceOf(Rejected.class);
  }

  @Test
  void anHmacWithThePublicKeyIsRejected() throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(),
            claims(c -> c));
    jwt.sign(new MACSigner(key.toECPublicKey().getEncoded()));
    assertRejected(jwt.serialize(), Reason.WRONG_ALGORITHM);
  }

  @Test
  void anotherKeyUnderTheSameIdIsRejected() throws Exception {
    ECKey other = new ECKey.Builder(newKey(Curve.P_256)).keyID(key.getKeyID()).build();
    assertRejected(signed(other, claims(c -> c)), Reason.WRONG_SIGNATURE);
  }

  @Test
  void anotherIssuerOrAudienceIsRejected() throws Exception {
    assertRejected(signed(key, claims(c -> c.issuer("https://evil.example"))), Reason.WRONG_ISSUER);
    assertRejected(signed(key, claims(c -> c.issuer(null))), Reason.WRONG_ISSUER);
    assertRejected(signed(key, claims(c -> c.audience("other"))), Reason.WRONG_AUDIENCE);
    assertRejected(
        signed(key, claims(c -> c.audience(List.of(AUDIENCE, "other")))), Reason.WRONG_AUDIENCE);
    assertRejected(signed(key, claims(c -> c.audience((String) null))), Reason.WRONG_AUDIENCE);
  }

  @Test
  void aProofExpires() {
    String token = token();
    clock.advance(Duration.ofSeconds(329));
    assertThat(verifier.verify(token)).isInstanceOf(Verified.class);
    clock.advance(Duration.ofSeconds(1));
    assertRejected(token, Reason.EXPIRED);
  }

  @Test
  void aProofFromTheFutureIsRejected() throws Exception {
    assertThat(verifier.verify(signed(key, claims(c -> c.issueTime(date(30))))))
        .isInstanceOf(Verified.class);
    assertRejected(signed(key, claims(c -> c.issueTime(date(31)))), Reason.NOT_YET_VALID);
    assertRejected(signed(key, claims(c -> c.expirationTime(date(3601)))), Reason.NOT_YET_VALID);
  }

  @Test
  void everyClaimIsNeeded() throws Exception {
    for (String name : List.of("sub", "iat", "exp", "jti", "auth_time", "amr", "acr", "txn")) {
      assertRejected(signed(key, claims(c -> c.claim(name, null))), Reason.MALFORMED);
    }
    assertRejected(signed(key, claims(c -> c.claim("acr", "urn:facelock:aal9"))), Reason.MALFORMED);
    assertRejected(signed(key, claims(c -> c.claim("amr", 7))), Reason.MALFORMED);
    assertRejected(signed(key, claims(c -> c.subject(" "))), Reason.MALFORMED);
  }

  @Test
  void noTextMakesTheVerifierThrow() {
    String token = token();
    for (long seed = 0; seed < 2000; seed++) {
      SplittableRandom source = new SplittableRandom(seed);
      char[] altered = token.toCharArray();
      int at = source.nextInt(altered.length);
      altered[at] = (char) source.nextInt(source.nextBoolean() ? 128 : 65_536);
      String text =
          switch (source.nextInt(4)) {
            case 0 -> new String(altered);
            case 1 -> token.substring(0, at);
            case 2 -> token.substring(at) + token;
            default -> base64(noise(source)) + "." + base64(noise(source)) + "." + base64("x");
          };
      ProofVerdict verdict = verifier.verify(text);
      if (!text.equals(token) && !sameBits(text, token)) {
        assertThat(verdict).as("seed %d", seed).isInstanceOf(Rejected.class);
      }
    }
    for (String text : List.of("", ".", "..", "...", "a.b.c", "{}", "x".repeat(9000))) {
      assertThat(verifier.verify(text)).isInstanceOf(Rejected.class);
    }
    assertRejected(token + "A".repeat(8192), Reason.MALFORMED);
  }

  @Test
  void unusableKeysAndRangesAreRefused() {
    ECKey noId = new ECKey.Builder(key).keyID(null).build();
    for (ECKey bad : List.of(newKey(Curve.P_384), key.toPublicJWK(), noId)) {
      assertThatThrownBy(
              () -> new JwtProofIssuer(bad, ISSUER, AUDIENCE, clock, random, Duration.ofMinutes(5)))
          .isInstanceOf(FaceLockException.Key.class);
    }
    for (ECKey bad : List.of(newKey(Curve.P_384), noId)) {
      assertThatThrownBy(() -> verifier(AUDIENCE, bad)).isInstanceOf(FaceLockException.Key.class);
    }
    for (Duration bad : List.of(Duration.ZERO, Duration.ofMinutes(61))) {
      assertThatThrownBy(() -> new JwtProofIssuer(key, ISSUER, AUDIENCE, clock, random, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration bad : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(301))) {
      assertThatThrownBy(() -> new JwtProofVerifier(List.of(key), ISSUER, AUDIENCE, clock, bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Base 64 leaves the last bits of a part open: another letter can stand for the same bytes. */
  private static boolean sameBits(String text, String token) {
    String[] mine = text.split("\\.", -1);
    String[] theirs = token.split("\\.", -1);
    if (mine.length != theirs.length || !mine[0].equals(theirs[0]) || !mine[1].equals(theirs[1])) {
      return false;
    }
    return new Base64URL(mine[2])
        .decodeToBigInteger()
        .equals(new Base64URL(theirs[2]).decodeToBigInteger());
  }

  private static String noise(SplittableRandom source) {
    String[] parts = {"{\"alg\":\"ES256\"", "\"kid\":", "[", "}", "1e999", "\"", "null", "{", ","};
    StringBuilder text = new StringBuilder();
    for (int i = source.nextInt(12); i >= 0; i--) {
      text.append(parts[source.nextInt(parts.length)]);
    }
    return text.toString();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String token() {
    return issuer.issue("tx-1", ALICE, List.of(FactorType.PASSWORD), AssuranceLevel.AAL1, NOW);
  }

  private static Date date(long secondsFromNow) {
    return Date.from(NOW.plusSeconds(secondsFromNow));
  }

  private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    return change
        .apply(
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("alice")
                .audience(AUDIENCE)
                .issueTime(date(0))
                .expirationTime(date(300))
                .jwtID("id")
                .claim("auth_time", NOW.getEpochSecond())
                .claim("amr", List.of("pwd"))
                .claim("acr", "urn:facelock:aal1")
                .claim("txn", "tx-1"))
        .build();
  }

  private static String signed(ECKey key, JWTClaimsSet claims) throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  private static ECKey newKey(Curve curve) {
    try {
      return new ECKeyGenerator(curve).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private JwtProofVerifier verifier(String audience, ECKey... keys) {
    return new JwtProofVerifier(List.of(keys), ISSUER, audience, clock, Duration.ofSeconds(30));
  }

  private void assertRejected(String token, Reason reason) {
    assertThat(verifier.verify(token))
        .isInstanceOfSatisfying(Rejected.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }
}
