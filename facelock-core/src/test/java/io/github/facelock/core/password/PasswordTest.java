package io.github.facelock.core.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.fixtures.MapCredentialStore;
import io.github.facelock.core.fixtures.StoppedClock;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Verification.Refused;
import io.github.facelock.spi.Verification.Verified;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

  private static final SubjectId ALICE = SubjectId.of("alice.smith@example.org");
  private static final String GOOD = "violet kettle 71";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Argon2idCost CHEAP = new Argon2idCost(64, 1, 1);

  private final SecureRandom random = new SecureRandom();
  private final MapCredentialStore store = new MapCredentialStore();
  private final Argon2idHasher hasher = new Argon2idHasher(CHEAP, random, 2);
  private final CountingHasher counting = new CountingHasher(hasher);
  private final PasswordFactor factor = new PasswordFactor(FactorType.PASSWORD, store, counting);
  private final PasswordFactor pins = new PasswordFactor(FactorType.PIN, store, hasher);

  /** From the test suite of the reference implementation. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void hashesOfTheReferenceImplementationMatch(String encoded) {
    assertThat(hasher.matches(utf8("password"), encoded)).isTrue();
    assertThat(hasher.matches(utf8("passwore"), encoded)).isFalse();
    assertThat(hasher.isCurrent(encoded)).isFalse();
  }

  @Test
  void aHashIsSaltedSelfDescribingAndCurrent() {
    String one = hasher.hash(utf8(GOOD));
    assertThat(one).matches("\\$argon2id\\$v=19\\$m=64,t=1,p=1\\$[^$]{22}\\$[^$]{43}");
    assertThat(hasher.hash(utf8(GOOD))).isNotEqualTo(one);
    assertThat(hasher.matches(utf8(GOOD), one)).isTrue();
    assertThat(hasher.isCurrent(one)).isTrue();
    assertThat(new Argon2idHasher(new Argon2idCost(65, 1, 1), random, 1).isCurrent(one)).isFalse();
    assertThat(Argon2idCost.ofDefaults()).isEqualTo(new Argon2idCost(19_456, 2, 1));
    assertThat(Argon2idHasher.ofDefaults(random).isCurrent(one)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$2a$10$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=131073,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=17,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=5$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c2Fs$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4\n"
      })
  void aHostileHashIsAFaultAndNeverComputed(String encoded) {
    assertThatThrownBy(() -> hasher.matches(utf8("password"), encoded))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("anew");
  }

  @Test
  void costsOutOfRangeAreRefused() {
    assertThat(List.of(new Argon2idCost(8, 1, 1), new Argon2idCost(131_072, 16, 4))).hasSize(2);
    int[][] bad = {
      {7, 1, 1}, {31, 1, 4}, {131_073, 1, 1}, {64, 0, 1}, {64, 17, 1}, {64, 1, 0}, {64, 1, 5}
    };
    for (int[] b : bad) {
      assertThatThrownBy(() -> new Argon2idCost(b[0], b[1], b[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int concurrency : new int[] {0, 257}) {
      assertThatThrownBy(() -> new Argon2idHasher(CHEAP, random, concurrency))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void manyHashesAtOnceShareTheBudget() throws Exception {
    String encoded = hasher.hash(utf8(GOOD));
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        tasks.add(() -> hasher.matches(utf8(GOOD), encoded));
      }
      for (Future<Boolean> done : pool.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aRightPasswordIsVerifiedAndAWrongOneRefused() {
    assertThat(set(GOOD)).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(verify(GOOD))
        .isInstanceOfSatisfying(Verified.class, v -> assertThat(v.subject()).isEqualTo(ALICE));
    assertRefused(verify(GOOD + " "), "password-wrong");
    assertRefused(verify(""), "password-wrong");
    assertRefused(
        factor.verify(login(), FactorState.empty(), new Response.Choice(FactorType.PASSWORD)),
        "password-wrong");
    assertThat(store.rows().get(0).version()).as("nothing to rehash").isEqualTo(1);
  }

  @Test
  void spellingsOfOneTextAreOnePassword() {
    assertThat(set("Åpfel\u2460 ﬁne")).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(verify("A\u030Apfel1 fine")).isInstanceOf(Verified.class);
  }

  @Test
  void everybodyCostsOneHashAndNobodyElseIsVerified() {
    set(GOOD);
    List<FactorContext> strangers =
        List.of(
            Logins.ofUnknown(ALICE, NOW),
            Logins.ofUnknown(SubjectId.of("nobody"), NOW),
            Logins.ofNobody(NOW),
            Logins.of(SubjectId.of("without"), NOW));
    for (FactorContext stranger : strangers) {
      int before = counting.matches;
      for (String typed : List.of(GOOD, "\0")) {
        assertRefused(
            factor.verify(stranger, FactorState.empty(), Response.password(typed)),
            "password-wrong");
      }
      assertThat(counting.matches - before).isEqualTo(2);
    }
  }

  @Test
  void overLongInputIsRefusedWithoutHashing() {
    set(GOOD);
    int before = counting.matches;
    assertRefused(verify("x".repeat(257)), "password-wrong");
    assertThat(counting.matches).isEqualTo(before);
    assertRefused(verify("x".repeat(256)), "password-wrong");
    assertThat(counting.matches).isEqualTo(before + 1);
  }

  @Test
  void aHashOfEarlierParametersIsReplacedAtLogin() {
    Argon2idHasher earlier = new Argon2idHasher(new Argon2idCost(32, 1, 1), random, 1);
    set(GOOD);
    overwriteHash(earlier.hash(utf8(GOOD)));
    assertRefused(verify("wrong password"), "password-wrong");
    assertThat(store.rows().get(0).version()).isEqualTo(1);
    assertThat(verify(GOOD)).isInstanceOf(Verified.class);
    assertThat(store.rows().get(0).version()).isEqualTo(2);
    assertThat(hasher.isCurrent(storedHash())).isTrue();
    assertThat(verify(GOOD)).isInstanceOf(Verified.class);
    overwriteHash(earlier.hash(utf8(GOOD)));
    store.loseRaces();
    assertThat(verify(GOOD)).as("a lost race does no harm").isInstanceOf(Verified.class);
  }

  @Test
  void aPinIsVerifiedLikeAPassword() {
    PasswordEnroller enroller = enroller(FactorType.PIN);
    assertThat(enroller.set(ALICE, Secret.of("８３０６"))).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(pins.verify(login(), FactorState.empty(), Response.pin("8306")))
        .isInstanceOf(Verified.class);
    assertRefused(pins.verify(login(), FactorState.empty(), Response.pin("8307")), "pin-wrong");
    assertThat(pins.type()).isEqualTo(FactorType.PIN);
  }

  @Test
  void settingAgainReplaces() {
    set(GOOD);
    assertThat(set("another kettle 72")).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(store.rows()).hasSize(1);
    assertRefused(verify(GOOD), "password-wrong");
    assertThat(verify("another kettle 72")).isInstanceOf(Verified.class);
    store.loseRaces();
    assertThatThrownBy(() -> set("yet another one 73")).isInstanceOf(FaceLockException.Store.class);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdefg,TOO_SHORT", "😀😀😀😀,TOO_SHORT", "password,COMMON", "PASSWORD,COMMON",
    "Password99!,COMMON", "dragon123,COMMON", "aaaaaaaa,COMMON", "abababab,COMMON",
    "abcdefgh,COMMON", "87654321,COMMON", "alice.smith@example.org,COMMON", "Alice.Smith12,COMMON",
    "alice.smith1234,ACCEPTED", "violet kettle,ACCEPTED", "😀🎈🚀🌍🍎🐢🎻🧭,ACCEPTED"
  })
  void passwordsAreJudged(String password, PasswordVerdict verdict) {
    assertThat(set(password)).isEqualTo(verdict);
    assertThat(store.rows()).hasSize(verdict == PasswordVerdict.ACCEPTED ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "123,TOO_SHORT",
    "8306153749261,TOO_LONG",
    "830615374926,ACCEPTED",
    "8306,ACCEPTED",
    "83a6,NOT_DIGITS",
    "٨٣٠٦,NOT_DIGITS",
    "1234,COMMON",
    "4321,COMMON",
    "0000,COMMON",
    "7890,COMMON",
    "0987,COMMON",
    "1212,COMMON",
    "2580,COMMON",
    "1235,ACCEPTED"
  })
  void pinsAreJudged(String pin, PasswordVerdict verdict) {
    assertThat(enroller(FactorType.PIN).set(ALICE, Secret.of(pin))).isEqualTo(verdict);
  }

  @Test
  void lengthsEndAt256() {
    String longest = "kettle violet".repeat(20).substring(0, 256);
    assertThat(set(longest)).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(verify(longest)).isInstanceOf(Verified.class);
    assertThat(set(longest + "x")).isEqualTo(PasswordVerdict.TOO_LONG);
  }

  private PasswordVerdict set(String password) {
    return enroller(FactorType.PASSWORD).set(ALICE, Secret.of(password));
  }

  private PasswordEnroller enroller(FactorType type) {
    return new PasswordEnroller(
        type, store, hasher, CommonSecrets.bundled(), new StoppedClock(NOW));
  }

  private void overwriteHash(String hash) {
    store.overwrite(0, store.rows().get(0).withSecretData(utf8(hash)));
  }

  private String storedHash() {
    Credential row = store.rows().get(0);
    return new String(row.secretData(), StandardCharsets.US_ASCII);
  }

  private static FactorContext login() {
    return Logins.of(ALICE, NOW);
  }

  private Verification verify(String password) {
    return factor.verify(login(), FactorState.empty(), Response.password(password));
  }

  private static void assertRefused(Verification verdict, String cause) {
    assertThat(verdict)
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.cause()).isEqualTo(cause));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class CountingHasher implements PasswordHasher {
    private final PasswordHasher hasher;
    private int matches;

    CountingHasher(PasswordHasher hasher) {
      this.hasher = hasher;
    }

    @Override
    public String hash(byte[] password) {
      return hasher.hash(password);
    }

    @Override
    public boolean matches(byte[] password, String encoded) {
      matches++;
      return hasher.matches(password, encoded);
    }

    @Override
    public boolean isCurrent(String encoded) {
      return hasher.isCurrent(encoded);
    }
  }
}
