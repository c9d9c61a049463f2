package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.api.enrolment.TotpParameters;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.store.memory.MemoryCredentialStore;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Enrolments that lose a race against the erasure of their subject. */
class SubjectEnrolmentTest {

  private static final SubjectId ANN = SubjectId.of("ann");

  private final HookedStore credentials = new HookedStore();
  private final FaceLock faceLock =
      FaceLock.builder()
          .policy(Policy.named("office").step(FactorType.PASSWORD).step(FactorType.TOTP).build())
          .credentialStore(credentials)
          .build();
  private final Enrolment enrolment = faceLock.enrolment();

  @AfterEach
  void close() {
    faceLock.close();
  }

  @Test
  void aPasswordThatIsSetDuringAnErasureIsNotInherited() {
    enrolment.register(ANN);
    credentials.beforeInsert = () -> assertThat(enrolment.erase(ANN)).isTrue();

    assertThat(enrolment.setPassword(ANN, Secret.of("correct horse battery")))
        .isEqualTo(PasswordVerdict.UNKNOWN_SUBJECT);

    assertThat(enrolment.register(ANN)).isTrue();
    assertThat(enrolment.enrolledFactors(ANN)).isEmpty();
  }

  @Test
  void anAuthenticatorThatIsAddedDuringAnErasureIsNotInherited() {
    enrolment.register(ANN);
    credentials.beforeInsert = () -> assertThat(enrolment.erase(ANN)).isTrue();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> enrolment.beginTotp(ANN, TotpParameters.COMPATIBLE));

    assertThat(credentials.find(ANN, FactorType.TOTP)).isEmpty();
  }

  @Test
  void anErasureTakesWhatIsStoredWhileItRuns() {
    enrolment.register(ANN);
    // An enrolment that began before the erasure arrives at the store.
    credentials.afterDeletion =
        () ->
            credentials.insert(
                Credential.create(
                    new CredentialId("late"),
                    ANN,
                    FactorType.PASSWORD,
                    Instant.EPOCH,
                    Map.of(),
                    new byte[] {1}));

    assertThat(enrolment.erase(ANN)).isTrue();

    assertThat(credentials.find(ANN, FactorType.PASSWORD)).isEmpty();
  }

  /** Does something once, at the worst moment. */
  private static final class HookedStore implements CredentialStore {
    private final CredentialStore store = new MemoryCredentialStore();
    private Runnable beforeInsert = () -> {};
    private Runnable afterDeletion = () -> {};

    @Override
    public boolean insert(Credential credential) {
      Runnable hook = beforeInsert;
      beforeInsert = () -> {};
      hook.run();
      return store.insert(credential);
    }

    @Override
    public int deleteAll(SubjectId subject) {
      int deleted = store.deleteAll(subject);
      Runnable hook = afterDeletion;
      afterDeletion = () -> {};
      hook.run();
      return deleted;
    }

    @Override
    public List<Credential> find(SubjectId subject, FactorType factor) {
      return store.find(subject, factor);
    }

    @Override
    public boolean replace(Credential next) {
      return store.replace(next);
    }

    @Override
    public boolean delete(SubjectId subject, CredentialId id) {
      return store.delete(subject, id);
    }

    @Override
    public void forEach(FactorType factor, Consumer<? super Credential> each) {
      store.forEach(factor, each);
    }
  }
}
