package io.github.facelock.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.facelock.api.AssuranceLevel;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.PassedFactor;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JwtProofIssuerTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SubjectId ANN = SubjectId.of("ann");

  private final JwtProofIssuer issuer =
      JwtProofIssuer.ephemeral("https://login.example", "door", CLOCK, RANDOM);

  private String issue(AssuranceLevel level, FactorType... factors) {
    return issuer.issue("tx-7", ANN, passed(factors), level, NOW.minusSeconds(3));
  }

  /** The last factor three seconds ago, and each one before it a minute earlier. */
  private static List<PassedFactor> passed(FactorType... factors) {
    List<PassedFactor> passed = new ArrayList<>();
    for (int i = 0; i < factors.length; i++) {
      Instant at = NOW.minusSeconds(3).minusSeconds(60L * (factors.length - 1 - i));
      passed.add(new PassedFactor(factors[i], at));
    }
    return passed;
  }

  @Test
  void aProofSaysWhoWhenHowAndForWhom() throws Exception {
    SignedJWT token =
        SignedJWT.parse(issue(AssuranceLevel.AAL2, FactorType.PASSWORD, FactorType.FACE));
    assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("https://login.example");
    assertThat(claims.getSubject()).isEqualTo("ann");
    assertThat(claims.getAudience()).containsExactly("door");
    assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
    assertThat(claims.getExpirationTime()).isEqualTo(Date.from(NOW.plusSeconds(300)));
    assertThat(claims.getLongClaim("auth_time")).isEqualTo(NOW.minusSeconds(3).getEpochSecond());
    assertThat(claims.getStringListClaim("amr")).containsExactly("pwd", "face", "mfa");
    assertThat(claims.getStringClaim("acr")).isEqualTo("urn:facelock:aal2");
    assertThat(claims.getStringClaim("txn")).isEqualTo("tx-7");
    assertThat(claims.getListClaim("factors"))
        .isEqualTo(
            List.of(
                Map.of(
                    "id", "password",
                    "kind", "knowledge",
                    "amr", "pwd",
                    "auth_time", NOW.getEpochSecond() - 63),
                Map.of(
                    "id", "face",
                    "kind", "inherence",
                    "amr", "face",
                    "auth_time", NOW.getEpochSecond() - 3)));
    assertThat(claims.getClaims()).hasSize(11);
  }

  @Test
  void oneKindOfFactorIsNotMultiFactor() throws Exception {
    JWTClaimsSet claims =
        SignedJWT.parse(issue(AssuranceLevel.AAL1, FactorType.FACE)).getJWTClaimsSet();
    assertThat(claims.getStringListClaim("amr")).containsExactly("face");
    assertThat(claims.getStringClaim("acr")).isEqualTo("urn:facelock:aal1");
  }

  @Test
  void twoFactorsOfOneMethodNameItOnce() throws Exception {
    JWTClaimsSet claims =
        SignedJWT.parse(
                issue(
                    AssuranceLevel.AAL2,
                    FactorType.TOTP,
                    FactorType.PIN,
                    FactorType.EMAIL_CODE,
                    FactorType.SMS_CODE))
            .getJWTClaimsSet();
    assertThat(claims.getStringListClaim("amr")).containsExactly("otp", "pin", "sms", "mfa");
  }

  @Test
  void eachProofHasAnIdOfItsOwn() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      String id =
          SignedJWT.parse(issue(AssuranceLevel.AAL1, FactorType.FACE)).getJWTClaimsSet().getJWTID();
      assertThat(id).hasSize(22);
      ids.add(id);
    }
    assertThat(ids).hasSize(50);
  }

  @Test
  void thePublicKeysHoldNoPrivatePart() throws Exception {
    List<JWK> keys = JWKSet.parse(issuer.publicKeys()).getKeys();
    assertThat(keys).hasSize(1);
    ECKey key = keys.get(0).toECKey();
    assertThat(key.isPrivate()).isFalse();
    assertThat(issuer.publicKeys()).doesNotContain("\"d\"");
    assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
    assertThat(key.getAlgorithm().getName()).isEqualTo("ES256");
    SignedJWT token = SignedJWT.parse(issue(AssuranceLevel.AAL1, FactorType.FACE));
    assertThat(token.getHeader().getKeyID()).isEqualTo(key.getKeyID());
  }

  @Test
  void twoEphemeralIssuersHaveTwoKeys() {
    JwtProofIssuer other = JwtProofIssuer.ephemeral("https://login.example", "door", CLOCK, RANDOM);
    assertThat(other.publicKeys()).isNotEqualTo(issuer.publicKeys());
  }

  @Test
  void aKeptKeySignsAsBefore() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("2026-03").generate();
    JwtProofIssuer first = new JwtProofIssuer("me", "you", key, CLOCK, RANDOM);
    JwtProofIssuer again =
        JwtProofIssuer.fromJwk("me", "you", Secret.of(key.toJSONString()), CLOCK, RANDOM);
    assertThat(again.publicKeys()).isEqualTo(first.publicKeys()).contains("2026-03");
    String proof = again.issue("tx", ANN, passed(FactorType.FACE), AssuranceLevel.AAL1, NOW);
    assertThat(new JwtProofVerifier("me", "you", first.publicKeys(), CLOCK).verify(proof))
        .isInstanceOf(ProofVerification.Verified.class);
  }

  @Test
  void aKeyThatCannotSignIsRefusedWithoutBeingRepeated() throws Exception {
    ECKey wrongCurve = new ECKeyGenerator(Curve.P_384).generate();
    ECKey publicOnly = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();
    for (ECKey key : List.of(wrongCurve, publicOnly)) {
      assertThatThrownBy(() -> new JwtProofIssuer("me", "you", key, CLOCK, RANDOM))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("P-256");
      assertThatThrownBy(
              () ->
                  JwtProofIssuer.fromJwk("me", "you", Secret.of(key.toJSONString()), CLOCK, RANDOM))
          .isInstanceOf(FaceLockException.Key.class)
          .hasMessageContaining("P-256");
    }
    for (String text : List.of("", "{}", "hunter2", "{\"kty\":\"oct\",\"k\":\"hunter2\"}", "[]")) {
      assertThatThrownBy(() -> JwtProofIssuer.fromJwk("me", "you", Secret.of(text), CLOCK, RANDOM))
          .isInstanceOf(FaceLockException.Key.class)
          .hasMessageNotContaining("hunter2")
          .hasNoCause();
    }
  }

  @Test
  void issuerAndAudienceMustHaveNames() {
    assertThatThrownBy(() -> JwtProofIssuer.ephemeral(" ", "door", CLOCK, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("issuer");
    assertThatThrownBy(() -> JwtProofIssuer.ephemeral("me", "", CLOCK, RANDOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audience");
  }
}
