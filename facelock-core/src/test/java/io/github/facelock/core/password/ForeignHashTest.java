package io.github.facelock.core.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Response;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Password hashes of other systems: taken over, compared, and renewed at the next login. */
class ForeignHashTest {

  private static final SubjectId ANN = SubjectId.of("ann");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String BATTERY = "correct horse battery";
  private static final String ABROAD = "p\u00e4ssword-\u65e5\u672c";

  private final TinyCredentialStore store = new TinyCredentialStore();
  private final Argon2idHasher hasher =
      new Argon2idHasher(new Argon2Parameters(64, 1, 1), new SecureRandom());
  private final PasswordEnroller enroller =
      new PasswordEnroller(
          FactorType.PASSWORD,
          store,
          hasher,
          CommonSecrets.bundled(),
          Clock.fixed(NOW, ZoneOffset.UTC));
  private final PasswordFactor factor = new PasswordFactor(FactorType.PASSWORD, store, hasher);

  /** Made with Werkzeug 3.1.9 and Spring Security 7.1.1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "scrypt:32768:8:1$R9e2LnliOi3OXvqf$1dd43482a341c2c2dd6796db4d93fdc0101de0defab60fb0eba22addb6916812ab6fadd0b5edbe846d1dc7ba6ff755ef9a19d22804df672c4531a670c9e3148f",
        "scrypt:16384:8:1$mWjacwzHsGARX0lf$d463e49c6a23a499b3876d94707d758760830def580a8c4690807941ace529784a7d25c4ed571631ad4949cc2688fa224bdd0204fd20593b498ac05868488995",
        "pbkdf2:sha256:1000$HCtNxvXMbg39UmbM$7169f1a7cd672d4c79ac43c7b03a958b9f4c2936fe66d815b040989089df7fda",
        "pbkdf2:sha1:2000$Ibm6RDf5TBu92G5Y$0b028496abee62e94cf2607338f4f5aa7fcc4b6a",
        "pbkdf2:sha512:1500$pyD4Lr6nJEw9WQNd$d990435209b781c080a207307df2b6c5d4fc057448fba627c7a6f0a139242a32b176e58c77810045a110889800693599d93ec17af60c8db4b592b215d50f4949",
        "{bcrypt}$2a$05$7uEUPWp/v6b4RWnZE73EBODQJNdmS8ou3orB/56B5NoyR374tQoN2",
        "{bcrypt}$2y$05$aN2pu54sxs2ERHfp/xwLYu./Ouhyzq5jtkVu1hD4Mwme5pAB29pCy",
        "$2b$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC",
        "{pbkdf2}ab6bf4e30fdcdbb17e00a08eaff76f902820ef056dcfaec4566ceb658160570240c202bd7bfc4131",
        "{pbkdf2@SpringSecurity_v5_8}f76effd86af860166cd5c09964241f25ba0eb6a761b8ff4b8d7bb6830204b24ce408eb09fa66494cc9e48e667e1b2bf3"
      })
  void aHashOfWerkzeugOrSpringLogsInAndIsRenewed(String encoded) {
    assertTakenOver(encoded, BATTERY);
  }

  /** Made with Python's hashlib as Django 5, Passlib 1.7 and the PHC format describe it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pbkdf2_sha256$1200$seasalt2$xapXQcY9gZbi3EbarLDtUGmWa35db4AX+1WMdU4HCnc=",
        "pbkdf2_sha1$1200$seasalt2$neHxIJWAFL3pVm5t9gYWOv65ZzQ=",
        "$pbkdf2-sha256$1300$8PHy8/T19vf4.fr7/P3./w$dL.NOQxKWZzDKDd3k3oRaGyr9j7BYQ4rJuotFVTGbPc",
        "$pbkdf2$1300$8PHy8/T19vf4.fr7/P3./w$/ZrGmSa6ks9PBgID7dMQeDt9rfA",
        "$pbkdf2-sha512$i=1400,l=32$8PHy8/T19vf4+fr7/P3+/w$GiTnMw7DwlTr3hT2daEA/I5nnKPWV706Mwuh4JCt3SM",
        "$pbkdf2-sha512$i=1400$8PHy8/T19vf4+fr7/P3+/w$GiTnMw7DwlTr3hT2daEA/I5nnKPWV706Mwuh4JCt3SM"
      })
  void aHashOfDjangoPasslibOrPhcLogsInAndIsRenewed(String encoded) {
    assertTakenOver(encoded, ABROAD);
  }

  private void assertTakenOver(String encoded, String password) {
    enroller.importHash(ANN, Secret.of(encoded));
    String stored = stored();
    assertThat(verify(password + "x")).isEqualTo(refused("mismatch"));
    assertThat(verify("")).isEqualTo(refused("mismatch"));
    assertThat(stored()).as("a wrong password renews nothing").isEqualTo(stored);

    assertThat(verify(password))
        .isEqualTo(new Verification.Verified(ANN, Map.of("hash-renewed", "true")));
    assertThat(stored()).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(verify(password)).isEqualTo(new Verification.Verified(ANN, Map.of()));
    assertThat(verify(password + "x")).isEqualTo(refused("mismatch"));
  }

  @Test
  void anArgon2idHashOfOtherCostsIsTakenOver() {
    String foreign =
        "$argon2id$v=19$m=256,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$6v921DcCh4JgNTUk8Zy5XG6tyoURKEoHlKq0MC/5wLE";
    enroller.importHash(ANN, Secret.of("{argon2@SpringSecurity_v5_8}" + foreign));
    assertThat(stored()).isEqualTo(foreign);
    assertThat(verify("correct horse battery staple"))
        .isEqualTo(new Verification.Verified(ANN, Map.of("hash-renewed", "true")));
  }

  @Test
  void anImportTakesTheEarlierPasswordsPlace() {
    enroller.set(ANN, Secret.of("violet-harbour-7"));
    enroller.importHash(
        ANN, Secret.of("$2b$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC"));
    assertThat(verify("violet-harbour-7")).isEqualTo(refused("mismatch"));
    assertThat(verify(BATTERY)).isInstanceOf(Verification.Verified.class);
  }

  @Test
  void bcryptLooksAtSeventyTwoBytesAndMoreIsNotMadePartOfThePassword() {
    String exact = "0123456789ab".repeat(6);
    enroller.importHash(ANN, Secret.of(bcrypt(exact)));
    assertThat(verify(exact + "typo"))
        .isEqualTo(new Verification.Verified(ANN, Map.of("hash-renewed", "false")));
    assertThat(stored()).startsWith("$2");
    assertThat(verify(exact.substring(1))).isEqualTo(refused("mismatch"));
    assertThat(verify(exact))
        .isEqualTo(new Verification.Verified(ANN, Map.of("hash-renewed", "true")));
    assertThat(verify(exact + "typo")).isEqualTo(refused("mismatch"));
  }

  @Test
  void aZeroByteDoesNotEndAPassword() {
    enroller.importHash(ANN, Secret.of(bcrypt("violet-harbour-7")));
    assertThat(verify("violet-harbour-7\0x")).isEqualTo(refused("mismatch"));
  }

  private static String bcrypt(String password) {
    return OpenBSDBCrypt.generate("2b", password.getBytes(StandardCharsets.UTF_8), new byte[16], 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$2b$15$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC",
        "$2b$31$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC",
        "$2b$03$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC",
        "$2x$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC",
        "$2$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC",
        "$2b$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1Ymvkv",
        "$2b$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvCC",
        "$2b$5$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC",
        "scrypt:33554432:8:1$salt$00112233445566778899aabbccddeeff",
        "scrypt:262144:8:1$salt$00112233445566778899aabbccddeeff",
        "scrypt:131072:16:1$salt$00112233445566778899aabbccddeeff",
        "scrypt:512:8:1$salt$00112233445566778899aabbccddeeff",
        "scrypt:32768:8:9$salt$00112233445566778899aabbccddeeff",
        "scrypt:32768:99:1$salt$00112233445566778899aabbccddeeff",
        "scrypt:32769:8:1$salt$00112233445566778899aabbccddeeff",
        "scrypt:32768:8:1$salt$00112233445566778899aabbccddeef",
        "pbkdf2:sha256:2000001$salt$00112233445566778899aabbccddeeff",
        "pbkdf2:sha256:99999999$salt$00112233445566778899aabbccddeeff",
        "pbkdf2:sha256:999$salt$00112233445566778899aabbccddeeff",
        "pbkdf2:md5:1000$salt$00112233445566778899aabbccddeeff",
        "pbkdf2:sha256:1000$salt$00112233445566778899aabbccddee",
        "pbkdf2:sha256:1000$$00112233445566778899aabbccddeeff",
        "pbkdf2_sha256$1200$seasalt2$====",
        "$pbkdf2-sha256$i=1000$c2FsdA$AAAA",
        "$pbkdf2-sha256$i=1000,l=32,x=1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$scrypt$ln=31,r=8,p=1$c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=4194304,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$6v921DcCh4JgNTUk8Zy5XG6tyoURKEoHlKq0MC/5wLE",
        "{pbkdf2}ab6bf4",
        "{pbkdf2}zz6bf4e30fdcdbb17e00a08eaff76f902820ef056dcfaec4566ceb658160570240c202bd7bfc4131",
        "{pbkdf2@SpringSecurity_v5_8}ab6bf4e30fdcdbb17e00a08eaff76f902820ef056dcfaec4566ceb658160570240c202bd7bfc4131",
        "{noop}secret1234",
        "{MD5}5f4dcc3b5aa765d61d8327deb882cf99",
        "{bcrypt}secret",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "$6$rounds=5000$salt$hash",
        "''"
      })
  void whatIsNoKnownHashOrCostsTooMuchIsRefusedAndNotRepeated(String encoded) {
    assertThatThrownBy(() -> enroller.importHash(ANN, Secret.of(encoded)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set a new password")
        .hasMessageNotContaining("$");
    assertThat(store.find(ANN, FactorType.PASSWORD)).isEmpty();
  }

  @Test
  void aTextThatIsTooLongIsNotRead() {
    assertThatThrownBy(
            () -> enroller.importHash(ANN, Secret.of("pbkdf2:sha256:1000$" + "a".repeat(600))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ForeignHash.parse("$2b$05$" + "a".repeat(600))).isEmpty();
  }

  @Test
  void theBoundsThemselvesAreRead() {
    String hash = "A".repeat(42) + "A";
    assertThat(ForeignHash.parse("$pbkdf2-sha256$i=2000000$c2FsdA$" + hash)).isPresent();
    assertThat(ForeignHash.parse("$pbkdf2-sha256$i=1000$c2FsdA$" + hash)).isPresent();
    assertThat(ForeignHash.parse("$scrypt$ln=17,r=8,p=4$c2FsdA$" + hash)).isPresent();
    assertThat(ForeignHash.parse("$scrypt$ln=16,r=16,p=1$c2FsdA$" + hash)).isPresent();
    assertThat(ForeignHash.parse("$scrypt$ln=10,r=1,p=1$c2FsdA$" + hash)).isPresent();
    assertThat(ForeignHash.parse("$scrypt$ln=9,r=1,p=1$c2FsdA$" + hash)).isEmpty();
    assertThat(ForeignHash.parse("$scrypt$ln=17,r=9,p=1$c2FsdA$" + hash)).isEmpty();
    assertThat(ForeignHash.parse("$scrypt$ln=10,r=17,p=1$c2FsdA$" + hash)).isEmpty();
    assertThat(ForeignHash.parse("$scrypt$ln=10,r=1,p=5$c2FsdA$" + hash)).isEmpty();
    String longest = "A".repeat(86);
    assertThat(ForeignHash.parse("$pbkdf2-sha1$i=1000$" + longest + "$" + longest)).isPresent();
    String tooLong = "A".repeat(87);
    assertThat(ForeignHash.parse("$pbkdf2-sha1$i=1000$" + tooLong + "$" + longest)).isEmpty();
    assertThat(ForeignHash.parse("$pbkdf2-sha1$i=1000$" + longest + "$" + tooLong)).isEmpty();
    assertThat(ForeignHash.parse("$scrypt$ln=10,r=1,p=1$" + tooLong + "$" + hash)).isEmpty();
    assertThat(ForeignHash.parse("$scrypt$ln=10,r=1,p=1$" + longest + "$" + tooLong)).isEmpty();
    assertThat(ForeignHash.parse("$scrypt$ln=10,r=1,p=1$" + longest + "$" + longest)).isPresent();
    String shortest = "A".repeat(22);
    assertThat(ForeignHash.parse("$pbkdf2-sha1$i=1000$AA$" + shortest)).isPresent();
    assertThat(ForeignHash.parse("$scrypt$ln=10,r=1,p=1$AA$" + shortest)).isPresent();
    assertThat(ForeignHash.parse("$pbkdf2-sha1$i=1000$AA$" + "A".repeat(20))).isEmpty();
    assertThat(ForeignHash.parse("$scrypt$ln=10,r=1,p=1$AA$" + "A".repeat(20))).isEmpty();
  }

  @Test
  void noHashPrints() {
    for (String text :
        new String[] {
          "$2b$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC",
          "$pbkdf2-sha256$i=2000$c2FsdA$" + "B".repeat(42) + "A",
          "$scrypt$ln=15,r=8,p=1$c2FsdA$" + "B".repeat(42) + "A"
        }) {
      ForeignHash hash = ForeignHash.parse(text).orElseThrow();
      assertThat(hash.encode()).isEqualTo(text);
      assertThat(hash.toString())
          .contains("redacted")
          .doesNotContain("c2FsdA")
          .doesNotContain("BB");
      assertThat(hash.toString()).doesNotContain("9Ks76Tu");
    }
  }

  @Test
  void alteredHashesAreReadWithinTheBoundsOrNotAtAll() {
    long seed = new SecureRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    String[] hashes = {
      "scrypt:32768:8:1$R9e2LnliOi3OXvqf$1dd43482a341c2c2dd6796db4d93fdc0",
      "pbkdf2:sha256:1000000$HCtNxvXMbg39UmbM$7169f1a7cd672d4c79ac43c7b03a958b",
      "$pbkdf2-sha512$i=1400$8PHy8/T19vf4+fr7/P3+/w$GiTnMw7DwlTr3hT2daEA/I5nnKPWV706Mwuh4JCt3SM",
      "$2b$05$.9Ks76Tu/h0kMup62SOLCeb.95ajtAtBDjmgboFC3rxdML1YmvkvC"
    };
    for (int i = 0; i < 4000; i++) {
      StringBuilder altered = new StringBuilder(hashes[i % hashes.length]);
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        int at = random.nextInt(altered.length());
        switch (random.nextInt(3)) {
          case 0 -> altered.setCharAt(at, (char) random.nextInt(32, 127));
          case 1 -> altered.deleteCharAt(at);
          default -> altered.insert(at, (char) random.nextInt(32, 127));
        }
      }
      HashImport.canonical(Secret.of(altered))
          .ifPresent(
              form ->
                  assertThat(ForeignHash.parse(form)).as("seed %d: %s", seed, altered).isPresent());
    }
  }

  @Test
  void aPinIsNeverImported() {
    PasswordEnroller pins =
        new PasswordEnroller(
            FactorType.PIN,
            store,
            hasher,
            CommonSecrets.bundled(),
            Clock.fixed(NOW, ZoneOffset.UTC));
    assertThatThrownBy(() -> pins.importHash(ANN, Secret.of("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  private String stored() {
    return new String(
        store.find(ANN, FactorType.PASSWORD).get(0).secretData(), StandardCharsets.US_ASCII);
  }

  private Verification verify(String password) {
    return factor.verify(Logins.of(ANN, NOW), FactorState.empty(), Response.password(password));
  }

  private static Verification refused(String reason) {
    return new Verification.Refused("password-wrong", Map.of("reason", reason));
  }
}
