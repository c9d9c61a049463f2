package io.github.facelock.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Outcome;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.core.crypto.FixedKeys;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.store.memory.MemorySubjectStore;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.test.InMemoryMailbox;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Keys as an application gives them: right, wrong, rotated; and what lies in the store. */
class KeysAtStartTest {

  private static final SubjectId ANN = SubjectId.of("ann");
  private static final RequestContext REQUEST = RequestContext.from("192.0.2.7");
  private static final Policy OFFICE =
      Policy.named("office").step(FactorType.PASSWORD).step(FactorType.EMAIL_CODE).build();

  private final MapCredentialStore rows = new MapCredentialStore();
  private final MemorySubjectStore subjects = new MemorySubjectStore();

  @Test
  void anotherKeyIsRefusedAtTheStartAndNothingIsOverwritten() {
    open("k1", Map.of("k1", key(1))).close();
    List<byte[]> before = rows.rows().stream().map(Credential::secretData).toList();

    assertThatThrownBy(() -> open("k2", Map.of("k2", key(2))))
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining("does not have that key");
    assertThatThrownBy(() -> open("k1", Map.of("k1", key(2))))
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining("original bytes");

    assertThat(rows.rows().stream().map(Credential::secretData).toList())
        .usingRecursiveComparison()
        .isEqualTo(before);
    open("k1", Map.of("k1", key(1))).close();
  }

  @Test
  void anEphemeralKeyDoesNotReadADurableStore() {
    FaceLock.builder()
        .policy(OFFICE)
        .credentialStore(rows)
        .codeChannel(new InMemoryMailbox(FactorType.EMAIL_CODE))
        .build()
        .close();
    assertThatThrownBy(
            () ->
                FaceLock.builder()
                    .policy(OFFICE)
                    .credentialStore(rows)
                    .codeChannel(new InMemoryMailbox(FactorType.EMAIL_CODE))
                    .build())
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining("ephemeral");
  }

  @Test
  void aRotationInTheBackgroundLetsPeopleInAndTheOldKeyGo() {
    try (FaceLock first = open("k1", Map.of("k1", key(1)))) {
      enrol(first);
    }
    try (FaceLock second = open("k2", Map.of("k1", key(1), "k2", key(2)))) {
      while (!second.keyRotation().step(1).complete()) {
        assertThat(logsIn(second)).isTrue();
      }
      second.keyRotation().retire("k1");
    }
    try (FaceLock third = open("k2", Map.of("k2", key(2)))) {
      assertThat(logsIn(third)).isTrue();
      assertThat(third.enrolment().erase(ANN)).isTrue();
      assertThat(rows.rows()).noneMatch(row -> row.subject().equals(ANN));
    }
  }

  @Test
  void nothingReadableLiesInTheStore() {
    try (FaceLock faceLock = open("k1", Map.of("k1", key(1)))) {
      enrol(faceLock);
      assertThat(logsIn(faceLock)).isTrue();
    }
    assertThat(rows.rows()).hasSizeGreaterThan(2);
    for (Credential row : rows.rows()) {
      String bytes = new String(row.secretData(), StandardCharsets.ISO_8859_1);
      for (String secret : List.of("ann@example.org", "example", "argon2", "battery", "horse")) {
        assertThat(bytes).doesNotContain(secret);
        assertThat(row.attributes().toString()).doesNotContain(secret);
      }
    }
  }

  private final InMemoryMailbox mailbox = new InMemoryMailbox(FactorType.EMAIL_CODE);

  private FaceLock open(String current, Map<String, SecretKey> keys) {
    return FaceLock.builder()
        .policy(OFFICE)
        .keys(new FixedKeys(current, keys))
        .credentialStore(rows)
        .subjectStore(subjects)
        .codeChannel(mailbox)
        .build();
  }

  private static void enrol(FaceLock faceLock) {
    faceLock.enrolment().register(ANN);
    faceLock.enrolment().setPassword(ANN, Secret.of("correct horse battery"));
    faceLock.enrolment().setEmail(ANN, Secret.of("ann@example.org"));
  }

  private boolean logsIn(FaceLock faceLock) {
    Outcome asked = faceLock.authenticator().begin(ANN, REQUEST);
    Outcome next =
        faceLock
            .authenticator()
            .advance(
                ((Outcome.Challenge) asked).handle(),
                Response.password("correct horse battery"),
                REQUEST);
    return next instanceof Outcome.Challenge code
        && code.next().prompt(FactorType.EMAIL_CODE).isPresent();
  }

  private static SecretKey key(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return new SecretKeySpec(bytes, "AES");
  }
}
