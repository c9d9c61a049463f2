package io.github.facelock.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorKind;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressEnrollerTest {

  private static final SubjectId ALICE = SubjectId.of("alice");

  private final StoppedClock clock = new StoppedClock(Instant.parse("2026-11-21T12:00:00Z"));
  private final MapCredentialStore store = new MapCredentialStore();

  @Test
  void anAddressIsKept() {
    mail().set(ALICE, Secret.of("alice@example.org"));
    assertThat(addresses()).containsExactly("alice@example.org");
    assertThat(store.rows().get(0).createdAt()).isEqualTo(clock.instant());
    assertThat(store.rows().get(0).factor()).isEqualTo(FactorType.EMAIL_CODE);
  }

  @Test
  void aNewAddressReplacesTheOldOneOfThisSubjectOnly() {
    mail().set(ALICE, Secret.of("alice@example.org"));
    mail().set(SubjectId.of("bob"), Secret.of("bob@example.org"));
    mail().set(ALICE, Secret.of("alice@acme.example"));
    assertThat(addresses()).containsExactly("alice@acme.example");
    assertThat(store.rows()).hasSize(2);
  }

  @Test
  void whereSeveralAreStoredTheOneThatCountsIsReplaced() {
    mail().set(ALICE, Secret.of("first@example.org"));
    Credential first = store.rows().get(0);
    assertThat(
            store.insert(
                Credential.create(
                    new CredentialId("later"),
                    ALICE,
                    FactorType.EMAIL_CODE,
                    clock.instant(),
                    first.attributes(),
                    "later@example.org".getBytes(StandardCharsets.UTF_8))))
        .isTrue();
    mail().set(ALICE, Secret.of("new@example.org"));
    assertThat(addresses()).containsExactly("first@example.org", "new@example.org");
  }

  @Test
  void whatIsNoMailAddressIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> mail().set(ALICE, Secret.of("alice@example.org\r\nBcc: eve@b.c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("eve");
    assertThat(store.rows()).isEmpty();
  }

  @Test
  void aTelephoneNumberIsKeptInE164() {
    new AddressEnroller(FactorType.SMS_CODE, store, clock)
        .set(ALICE, Secret.of("+49 (1512) 345-6789"));
    assertThat(store.rows()).extracting(Credential::factor).containsExactly(FactorType.SMS_CODE);
    assertThat(new String(store.rows().get(0).secretData(), StandardCharsets.UTF_8))
        .isEqualTo("+4915123456789");
  }

  @Test
  void whatTakesNoMessagesIsNoTelephoneNumber() {
    AddressEnroller telephones = new AddressEnroller(FactorType.SMS_CODE, store, clock);
    for (String number :
        List.of("", "+43 1 23456", "01512 3456789", "+49 900 1234567", "+1 800 253 0000", "x")) {
      assertThatThrownBy(() -> telephones.set(ALICE, Secret.of(number)))
          .as(number)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("telephone number");
    }
    assertThat(store.rows()).isEmpty();
  }

  @Test
  void otherFactorsHaveAddressesOfTheirOwnForm() {
    FactorType pigeon = FactorType.of("pigeon", FactorKind.POSSESSION, "otp");
    new AddressEnroller(pigeon, store, clock).set(ALICE, Secret.of("the tower"));
    assertThat(store.rows()).extracting(Credential::factor).containsExactly(pigeon);
  }

  @Test
  void manyLostRacesAreAFaultWithACure() {
    mail().set(ALICE, Secret.of("alice@example.org"));
    store.loseRaces();
    assertThatThrownBy(() -> mail().set(ALICE, Secret.of("eve@example.org")))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("try again")
        .hasMessageNotContaining("eve");
    assertThat(addresses()).containsExactly("alice@example.org");
  }

  private AddressEnroller mail() {
    return new AddressEnroller(FactorType.EMAIL_CODE, store, clock);
  }

  private List<String> addresses() {
    return store.find(ALICE, FactorType.EMAIL_CODE).stream()
        .map(c -> new String(c.secretData(), StandardCharsets.UTF_8))
        .toList();
  }
}
