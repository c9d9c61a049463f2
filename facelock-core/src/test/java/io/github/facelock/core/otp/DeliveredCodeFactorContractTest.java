package io.github.facelock.core.otp;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.Factor;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.test.contract.FactorContract;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveredCodeFactorContractTest extends FactorContract {

  private static final SubjectId ALICE = SubjectId.of("alice");
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final KeyRing keys = new KeyRing(new EphemeralKeys(random), random);
  private final MapCredentialStore store = new MapCredentialStore();
  private final RecordingAudit audit = new RecordingAudit();
  private final ScriptedChannel mail = new ScriptedChannel(FactorType.EMAIL_CODE);
  private final CodeDispatcher dispatcher =
      new CodeDispatcher(
          List.of(mail), audit, new StoppedClock(NOW), DeliverySettings.ofDefaults());
  private final IdentityHashMap<FactorStart, Response> answers = new IdentityHashMap<>();

  @AfterEach
  void close() {
    dispatcher.close();
  }

  @Override
  protected Factor newFactor() {
    store.insert(
        Credential.create(
            new CredentialId("address"),
            ALICE,
            FactorType.EMAIL_CODE,
            Instant.EPOCH,
            Map.of(),
            "alice@example.org".getBytes(StandardCharsets.UTF_8)));
    return new DeliveredCodeFactor(
        FactorType.EMAIL_CODE, store, dispatcher, keys, random, DeliveredCodeRules.ofDefaults());
  }

  @Override
  protected FactorContext known() {
    return Logins.of(ALICE, NOW);
  }

  @Override
  protected FactorContext unknown() {
    return Logins.ofUnknown(SubjectId.of("nobody"), NOW);
  }

  /** The contract asks for the answer before it makes the next question. */
  @Override
  protected Response rightAnswer(FactorStart start) {
    return answers.computeIfAbsent(start, s -> lastMail());
  }

  private Response lastMail() {
    try {
      audit.next();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Response.Text(
        FactorType.EMAIL_CODE, mail.taken().get(mail.taken().size() - 1).code());
  }

  /** Right with a chance of one in a hundred million. */
  @Override
  protected Response wrongAnswer(FactorStart start) {
    return Response.emailCode("31415926");
  }

  /** The login's handle is spent; the factor has nowhere to note it. */
  @Override
  protected boolean answersAreSpent() {
    return false;
  }
}
