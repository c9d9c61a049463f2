package io.github.facelock.core.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.PasswordVerdict;
import io.github.facelock.spi.store.Credential;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordEnrollerTest {

  private static final SubjectId ANN = SubjectId.of("ann.miller@example.org");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final TinyCredentialStore store = new TinyCredentialStore();
  private final Argon2idHasher hasher =
      new Argon2idHasher(new Argon2Parameters(64, 1, 1), new SecureRandom());
  private final PasswordEnroller passwords = enroller(FactorType.PASSWORD, NOW);
  private final PasswordEnroller pins = enroller(FactorType.PIN, NOW);

  private PasswordEnroller enroller(FactorType type, Instant now) {
    return new PasswordEnroller(
        type, store, hasher, CommonSecrets.bundled(), Clock.fixed(now, ZoneOffset.UTC));
  }

  @ParameterizedTest
  @CsvSource({
    "7, TOO_SHORT",
    "8, ACCEPTED",
    "256, ACCEPTED",
    "257, TOO_LONG",
    "1, TOO_SHORT",
    "0, TOO_SHORT"
  })
  void aPasswordHasEightToTwoHundredAndFiftySixCharacters(int length, PasswordVerdict verdict) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < length; i++) {
      password.append((char) ('!' + i * i * 7 % 90));
    }
    assertThat(passwords.set(ANN, Secret.of(password))).isEqualTo(verdict);
  }

  /** NIST SP 800-63B-4, section 3.1.1.2: each code point counts as one character. */
  @Test
  void charactersAreCodePointsAfterNormalisation() {
    assertThat(passwords.set(ANN, Secret.of("\ud83d\udd11\ud83d\udc1d\ud83d\ude97z")))
        .isEqualTo(PasswordVerdict.TOO_SHORT);
    assertThat(passwords.set(ANN, Secret.of("e\u0301u\u0308a\u0308o\u0308")))
        .isEqualTo(PasswordVerdict.TOO_SHORT);
    assertThat(passwords.set(ANN, Secret.of("\ud83d\udd11\ud83d\udc1d".repeat(128))))
        .isEqualTo(PasswordVerdict.COMMON);
    assertThat(passwords.set(ANN, Secret.of("\ud83d\udd11".repeat(255) + "\ud83d\udc1d")))
        .isEqualTo(PasswordVerdict.ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({
    "734, TOO_SHORT",
    "7342, ACCEPTED",
    "734285190663, ACCEPTED",
    "7342851906637, TOO_LONG",
    "7342a, NOT_DIGITS",
    "7342/, NOT_DIGITS",
    "7342:, NOT_DIGITS",
    "'73 42', NOT_DIGITS",
    "-7342, NOT_DIGITS",
    "'', TOO_SHORT"
  })
  void aPinHasFourToTwelveDigits(String pin, PasswordVerdict verdict) {
    assertThat(pins.set(ANN, Secret.of(pin))).isEqualTo(verdict);
  }

  @Test
  void wideDigitsAreDigitsAndForeignDigitsAreNot() {
    assertThat(pins.set(ANN, Secret.of("\uff17\uff13\uff14\uff12")))
        .isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(hasher.matches(Secret.of("7342"), hash(FactorType.PIN))).isTrue();
    assertThat(pins.set(ANN, Secret.of("\u0667\u0663\u0664\u0662")))
        .isEqualTo(PasswordVerdict.NOT_DIGITS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password1!",
        "PASSWORD",
        "passw0rd",
        "iloveyou",
        "1qaz2wsx",
        "Qwertyuiop",
        "Summer2026",
        "2026Summer",
        "!!welcome!!",
        "aaaaaaaa",
        "abababab",
        "abcabcabc",
        "abcdefgh",
        "hgfedcba",
        "12345678",
        "87654321",
        "78901234",
        "aabbccdd",
        "\uff50assword"
      })
  void aCommonPasswordIsRefused(String password) {
    assertThat(passwords.set(ANN, Secret.of(password))).isEqualTo(PasswordVerdict.COMMON);
    assertThat(store.find(ANN, FactorType.PASSWORD)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "welcome29471",
        "abcdefgi",
        "aabbccde",
        "aabbccee",
        "abababac",
        "violet harbour",
        "hunterofstars",
        "12345679",
        "abcdabce",
        "aacceegg"
      })
  void anUncommonPasswordIsAcceptedWithoutRulesAboutItsCharacters(String password) {
    assertThat(passwords.set(ANN, Secret.of(password))).isEqualTo(PasswordVerdict.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000", "1111", "999999", "1234", "4321", "7890", "8901", "2109", "0987", "123456",
        "1212", "6969", "123123", "484848", "1122", "5566", "112233", "1900", "1984", "2026",
        "2099", "2580", "5683", "12345678"
      })
  void aTrivialPinIsRefused(String pin) {
    assertThat(pins.set(ANN, Secret.of(pin))).isEqualTo(PasswordVerdict.COMMON);
    assertThat(store.find(ANN, FactorType.PIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1235", "1899", "2100", "3784", "1129", "19845", "7893", "201984", "1232"})
  void aPinThatOnlyLooksTrivialIsAccepted(String pin) {
    assertThat(pins.set(ANN, Secret.of(pin))).isEqualTo(PasswordVerdict.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann.miller@example.org",
        "ann.miller",
        "Ann.Miller",
        "ANN.MILLER123",
        "1ann.miller!!",
        "rellim.nna",
        "gro.elpmaxe@rellim.nna"
      })
  void theOwnNameIsRefusedForwardsAndBackwards(String password) {
    assertThat(passwords.set(ANN, Secret.of(password))).isEqualTo(PasswordVerdict.COMMON);
  }

  @Test
  void aPasswordThatIsMuchMoreThanTheNameIsAccepted() {
    assertThat(passwords.set(ANN, Secret.of("ann.miller1234"))).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(passwords.set(SubjectId.of("@home"), Secret.of("violets-7")))
        .isEqualTo(PasswordVerdict.ACCEPTED);
  }

  @Test
  void theOwnNumberIsRefusedAsAPinButPartsOfItAreNot() {
    SubjectId employee = SubjectId.of("730482");
    assertThat(pins.set(employee, Secret.of("730482"))).isEqualTo(PasswordVerdict.COMMON);
    assertThat(pins.set(employee, Secret.of("284037"))).isEqualTo(PasswordVerdict.COMMON);
    assertThat(pins.set(employee, Secret.of("7304829"))).isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(pins.set(SubjectId.of("73"), Secret.of("7384"))).isEqualTo(PasswordVerdict.ACCEPTED);
  }

  @Test
  void aListOfTheApplicationsOwnIsAskedForTheNormalisedText() {
    PasswordEnroller own =
        new PasswordEnroller(
            FactorType.PASSWORD,
            store,
            hasher,
            (type, secret) ->
                type.equals(FactorType.PASSWORD) && secret.equals(Secret.of("caf\u00e9 noir")),
            Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(own.set(ANN, Secret.of("cafe\u0301 noir"))).isEqualTo(PasswordVerdict.COMMON);
    assertThat(own.set(ANN, Secret.of("password"))).isEqualTo(PasswordVerdict.ACCEPTED);
  }

  @Test
  void onlyAHashIsStored() {
    passwords.set(ANN, Secret.of("violet-harbour-7"));
    Credential credential = only(FactorType.PASSWORD);
    assertThat(credential.id().value()).isEqualTo("password");
    assertThat(credential.createdAt()).isEqualTo(NOW);
    assertThat(credential.attributes()).isEqualTo(Map.of("set-at", "2026-03-01T12:00:00Z"));
    assertThat(hash(FactorType.PASSWORD)).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(hasher.matches(Secret.of("violet-harbour-7"), hash(FactorType.PASSWORD))).isTrue();
  }

  @Test
  void aNewPasswordReplacesTheOldOne() {
    passwords.set(ANN, Secret.of("violet-harbour-7"));
    Instant later = NOW.plusSeconds(60);
    assertThat(enroller(FactorType.PASSWORD, later).set(ANN, Secret.of("amber-lantern-9")))
        .isEqualTo(PasswordVerdict.ACCEPTED);
    Credential credential = only(FactorType.PASSWORD);
    assertThat(credential.version()).isEqualTo(2);
    assertThat(credential.attributes()).isEqualTo(Map.of("set-at", "2026-03-01T12:01:00Z"));
    assertThat(hasher.matches(Secret.of("amber-lantern-9"), hash(FactorType.PASSWORD))).isTrue();
  }

  @Test
  void aRefusedPasswordLeavesTheOldOne() {
    passwords.set(ANN, Secret.of("violet-harbour-7"));
    passwords.set(ANN, Secret.of("password"));
    assertThat(only(FactorType.PASSWORD).version()).isEqualTo(1);
  }

  @Test
  void twoWhoSetThePasswordAtOnceLeaveOneCredential() {
    store.beforeWrite =
        () -> {
          store.beforeWrite = () -> {};
          passwords.set(ANN, Secret.of("amber-lantern-9"));
        };
    assertThat(passwords.set(ANN, Secret.of("violet-harbour-7")))
        .isEqualTo(PasswordVerdict.ACCEPTED);
    assertThat(only(FactorType.PASSWORD).version()).isEqualTo(2);
    assertThat(hasher.matches(Secret.of("violet-harbour-7"), hash(FactorType.PASSWORD))).isTrue();
  }

  @Test
  void whoeverLosesEveryRaceIsToldToTryAgain() {
    passwords.set(ANN, Secret.of("violet-harbour-7"));
    store.beforeWrite =
        () -> {
          Runnable again = store.beforeWrite;
          store.beforeWrite = () -> {};
          store.replace(only(FactorType.PASSWORD).next(Map.of(), new byte[1]));
          store.beforeWrite = again;
        };
    assertThatThrownBy(() -> passwords.set(ANN, Secret.of("amber-lantern-9")))
        .isInstanceOf(FaceLockException.Store.class)
        .hasMessageContaining("try again");
  }

  @Test
  void passwordAndPinStandBesideEachOther() {
    passwords.set(ANN, Secret.of("violet-harbour-7"));
    pins.set(ANN, Secret.of("730482"));
    assertThat(only(FactorType.PASSWORD).version()).isEqualTo(1);
    assertThat(only(FactorType.PIN).id().value()).isEqualTo("pin");
  }

  @Test
  void normalisedTextNeverPrints() {
    try (NormalisedText text = NormalisedText.of(Secret.of("violet"))) {
      assertThat(text.toString()).isEqualTo("NormalisedText[redacted]");
    }
  }

  @Test
  void aClosedTextIsWiped() {
    NormalisedText text = NormalisedText.of(Secret.of("violet"));
    text.close();
    assertThat(text.utf8()).containsOnly(0);
  }

  private Credential only(FactorType type) {
    assertThat(store.find(ANN, type)).hasSize(1);
    return store.find(ANN, type).get(0);
  }

  private String hash(FactorType type) {
    return new String(only(type).secretData(), StandardCharsets.US_ASCII);
  }
}
