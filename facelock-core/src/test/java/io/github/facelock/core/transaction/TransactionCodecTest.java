package io.github.facelock.core.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.spi.FactorStart;
import io.github.facelock.spi.FactorState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The codec reads what it wrote, and nothing else. */
class TransactionCodecTest {

  private static final Map<String, FactorType> TYPES = new HashMap<>();

  static {
    Fixture.TYPES.forEach(type -> TYPES.put(type.id(), type));
  }

  private final TransactionCodec codec = new TransactionCodec(TYPES);

  private static TransactionState state() {
    Offer asked =
        new Offer(
            Fixture.TOTP,
            Optional.of(new FactorStart(Map.of("digits", "6"), FactorState.of(new byte[] {1, -2}))),
            Instant.MAX);
    return new TransactionState(
        "transaction",
        "policy",
        "192.0.2.7",
        Instant.parse("2030-01-01T12:00:00.123456789Z"),
        Optional.of(SubjectId.of("Zoë 日本")),
        new Standing(
            true,
            true,
            "risk-hours",
            Optional.of(new CredentialId("device-1")),
            Set.of("hours", "network")),
        List.of(
            new Passed(0, Fixture.PIN, Instant.EPOCH, false, FactorState.empty()),
            new Passed(2, Fixture.FACE, Instant.MIN, true, FactorState.of(new byte[] {7, 8}))),
        1,
        new StepState(List.of(asked, Offer.unstarted(Fixture.MAIL)), 1, 2, 3, 4));
  }

  /** What a state says; factor states have no equality of their own. */
  private static List<Object> parts(TransactionState state) {
    List<Object> offers =
        state.step().offers().stream()
            .<Object>map(
                offer ->
                    List.of(
                        offer.factor(),
                        offer.lockedUntil(),
                        offer.start().map(FactorStart::parameters),
                        offer.start().map(start -> Arrays.toString(start.state().bytes()))))
            .toList();
    List<Object> passed =
        state.passed().stream()
            .<Object>map(
                each ->
                    List.of(
                        each.step(),
                        each.factor(),
                        each.at(),
                        each.anew(),
                        Arrays.toString(each.learnt().bytes())))
            .toList();
    TransactionState rest =
        new TransactionState(
            state.transaction(),
            state.policy(),
            state.source(),
            state.expiresAt(),
            state.claimed(),
            state.standing(),
            List.of(),
            state.present(),
            state.step().withOffers(List.of()));
    return List.of(rest, passed, offers);
  }

  @Test
  void aStateComesBackAsItWas() {
    TransactionState state = state();
    assertThat(parts(codec.decode(codec.encode(state)).orElseThrow())).isEqualTo(parts(state));
    TransactionState bare =
        new TransactionState(
            "",
            "",
            "",
            Instant.MIN,
            Optional.empty(),
            Standing.NEW,
            List.of(),
            0,
            StepState.of(List.of(Offer.unstarted(Fixture.FACE))));
    assertThat(parts(codec.decode(codec.encode(bare)).orElseThrow())).isEqualTo(parts(bare));
  }

  @Test
  void aStateOfTheLargestPartsComesBack() {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < 127; i++) {
      parameters.put("name" + i, "value");
    }
    FactorStart start =
        new FactorStart(parameters, FactorState.of(new byte[FactorState.MAX_LENGTH]));
    TransactionState state =
        state()
            .with(
                new StepState(
                    List.of(Offer.unstarted(Fixture.TOTP).asking(start)), 127, 127, 127, 127));
    assertThat(parts(codec.decode(codec.encode(state)).orElseThrow())).isEqualTo(parts(state));
  }

  @Test
  void whatIsTooLongIsAFault() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 128; i++) {
      many.put("name" + i, "value");
    }
    for (Map<String, String> parameters :
        List.of(many, Map.of("a", "x".repeat(65_536)), Map.of("a", "x".repeat(64_500)))) {
      Offer offer = Offer.unstarted(Fixture.TOTP).asking(FactorStart.stateless(parameters));
      assertThatThrownBy(() -> codec.encode(state().with(StepState.of(List.of(offer)))))
          .isInstanceOf(FaceLockException.class)
          .hasMessageContaining("offer fewer factors");
    }
    Offer fits =
        Offer.unstarted(Fixture.TOTP)
            .asking(FactorStart.stateless(Map.of("a", "x".repeat(64_000))));
    TransactionState state = state().with(StepState.of(List.of(fits)));
    assertThat(codec.decode(codec.encode(state))).isPresent();
    assertThatThrownBy(() -> codec.encode(state().with(new StepState(List.of(fits), 128, 0, 0, 0))))
        .isInstanceOf(FaceLockException.class);
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] bytes = codec.encode(state());
    for (int length = 0; length < bytes.length; length++) {
      assertThat(codec.decode(Arrays.copyOf(bytes, length))).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void anythingAfterTheEndIsRefused() {
    byte[] bytes = codec.encode(state());
    assertThat(codec.decode(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    assertThat(codec.decode(Arrays.copyOf(bytes, 1 << 20))).isEmpty();
    assertThat(codec.decode(new byte[0])).isEmpty();
  }

  @Test
  void everyOtherVersionIsRefused() {
    byte[] bytes = codec.encode(state());
    for (int version = 0; version < 256; version++) {
      bytes[0] = (byte) version;
      assertThat(codec.decode(bytes).isPresent()).isEqualTo(version == 2);
    }
  }

  @Test
  void anyChangedByteIsRefusedOrMeansSomethingElse() {
    byte[] bytes = codec.encode(state());
    int read = 0;
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << bit);
        Optional<TransactionState> decoded = codec.decode(changed);
        if (decoded.isPresent()) {
          read++;
          assertThat(parts(decoded.get())).isNotEqualTo(parts(state()));
          assertThat(codec.encode(decoded.get())).as("one form for each state").isEqualTo(changed);
        }
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void randomBytesAreNeverMoreThanRefused() {
    long seed = Long.getLong("facelock.seed", 20_301_127L);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = 2;
      }
      assertThat(codec.decode(bytes)).as("seed %d, round %d", seed, i).isEmpty();
    }
  }

  @Test
  void aFactorThatIsNotThereIsRefused() {
    byte[] bytes = codec.encode(state());
    for (FactorType missing : List.of(Fixture.PIN, Fixture.TOTP, Fixture.MAIL)) {
      Map<String, FactorType> fewer = new HashMap<>(TYPES);
      fewer.remove(missing.id());
      assertThat(new TransactionCodec(fewer).decode(bytes)).isEmpty();
    }
  }

  @Test
  void aParameterTwiceAndAMalformedSubjectAreRefused() {
    TransactionState two =
        state()
            .with(
                StepState.of(
                    List.of(
                        Offer.unstarted(Fixture.TOTP)
                            .asking(FactorStart.stateless(Map.of("aa", "1", "bb", "2"))))));
    byte[] bytes = codec.encode(two);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(codec.decode(bytes)).isPresent();
    assertThat(codec.decode(text.replace("bb", "aa").getBytes(StandardCharsets.ISO_8859_1)))
        .isEmpty();
    TransactionState named =
        new TransactionState(
            "t",
            "p",
            "s",
            Instant.EPOCH,
            Optional.of(SubjectId.of("alice")),
            Standing.NEW,
            List.of(),
            0,
            two.step());
    String other = new String(codec.encode(named), StandardCharsets.ISO_8859_1);
    assertThat(codec.decode(other.replace("alice", "alic ").getBytes(StandardCharsets.ISO_8859_1)))
        .isEmpty();
  }

  @Test
  void lockedTimesOutOfRangeAreRefused() {
    TransactionState state =
        state().with(StepState.of(List.of(Offer.unstarted(Fixture.PIN).locked(Instant.EPOCH))));
    byte[] bytes = codec.encode(state);
    // The last bytes: an instant (8 seconds, 4 nanoseconds), a flag, four counts.
    int nanos = bytes.length - 4 - 1 - 4;
    for (int wrong : List.of(-1, 1_000_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
      byte[] changed = bytes.clone();
      for (int i = 0; i < 4; i++) {
        changed[nanos + i] = (byte) (wrong >> (24 - 8 * i));
      }
      assertThat(codec.decode(changed)).as("%d ns", wrong).isEmpty();
    }
    byte[] changed = bytes.clone();
    changed[nanos - 8] = 0x7f;
    assertThat(codec.decode(changed)).as("a time after all times").isEmpty();
  }
}
