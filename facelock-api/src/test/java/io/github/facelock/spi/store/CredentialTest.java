package io.github.facelock.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.FactorState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CredentialTest {

  private static final Instant AT = Instant.parse("2030-01-01T00:00:00Z");

  private static Credential create(Map<String, String> attributes, byte[] secret) {
    return Credential.create(
        new CredentialId("c-1"), SubjectId.of("alice"), FactorType.TOTP, AT, attributes, secret);
  }

  @Test
  void arraysAndMapsAreCopiedInAndOut() {
    byte[] mine = {1, 2};
    Map<String, String> attributes = new HashMap<>(Map.of("a", "b"));
    Credential credential = create(attributes, mine);
    mine[0] = 99;
    attributes.clear();
    credential.secretData()[1] = 99;

    assertThat(credential.secretData()).containsExactly(1, 2);
    assertThat(credential.attributes()).isEqualTo(Map.of("a", "b")).isUnmodifiable();
    byte[] next = {3};
    Credential second = credential.next(Map.of(), next);
    Credential sealed = credential.withSecretData(next);
    next[0] = 99;
    assertThat(second.secretData()).containsExactly(3);
    assertThat(sealed.secretData()).containsExactly(3);
  }

  @Test
  void versionsCountFromOne() {
    Credential first = create(Map.of(), new byte[0]);

    assertThat(first.version()).isEqualTo(1);
    assertThat(first.next(Map.of(), new byte[0]).version()).isEqualTo(2);
    assertThat(first.withSecretData(new byte[0]).version()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Credential.restore(
                    first.id(), first.subject(), first.factor(), AT, Map.of(), new byte[0], 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Subject(first.subject(), Set.of(), false, AT, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new AttemptRecord(0, AT, AT, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new AttemptRecord(-1, AT, AT, 1));
  }

  @Test
  void idsAreBounded() {
    assertThat(new CredentialId("a".repeat(64))).hasToString("a".repeat(64));
    for (String id : new String[] {"", "a".repeat(65), "a b", "a_b", "\u00e4", "a\n", "../a"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new CredentialId(id));
    }
  }

  @Test
  void aFactorsStateIsCopiedAndBounded() {
    byte[] mine = {1};
    FactorState state = FactorState.of(mine);
    mine[0] = 2;
    state.bytes()[0] = 3;

    assertThat(state.bytes()).containsExactly(1);
    assertThat(FactorState.of(new byte[FactorState.MAX_LENGTH]).bytes()).hasSize(4096);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FactorState.of(new byte[FactorState.MAX_LENGTH + 1]));
  }
}
