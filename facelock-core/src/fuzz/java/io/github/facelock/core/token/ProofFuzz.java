package io.github.facelock.core.token;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** No text that the issuer did not sign is a proof. */
class ProofFuzz {

  private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private final JwtProofVerifier verifier =
      new JwtProofVerifier(
          "issuer",
          "audience",
          JwtProofIssuer.ephemeral("issuer", "audience", clock, new SecureRandom()).publicKeys(),
          clock);

  @FuzzTest(maxDuration = "20s")
  void aTextIsNoProof(FuzzedDataProvider data) {
    ProofVerification verdict = verifier.verify(data.consumeRemainingAsString());
    if (!(verdict instanceof ProofVerification.Rejected)) {
      throw new AssertionError("a text without a signature was accepted");
    }
  }
}
