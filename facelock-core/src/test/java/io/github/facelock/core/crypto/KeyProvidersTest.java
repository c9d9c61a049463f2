package io.github.facelock.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.Secret;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where keys come from, and what is refused there. */
class KeyProvidersTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String HEX = "00112233445566778899aabbccddeeff".repeat(2);
  private static final Secret PASSWORD = Secret.of("changeit");

  @TempDir private Path folder;

  @Test
  void theEnvironmentHoldsKeysInHexAndBothBase64s() {
    byte[] bytes = HexFormat.of().parseHex("fb".repeat(16) + "ff".repeat(15) + "01");
    String text =
        "a:%s,b:%s,c:%s"
            .formatted(
                HEX,
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    EnvironmentKeys keys =
        EnvironmentKeys.of(Map.of("FACELOCK_KEYS", text, "FACELOCK_KEY_CURRENT", "b"));

    assertThat(keys.currentKeyId()).isEqualTo("b");
    assertThat(bytes(keys.key("a").orElseThrow())).isEqualTo(HexFormat.of().parseHex(HEX));
    assertThat(bytes(keys.key("b").orElseThrow())).isEqualTo(bytes);
    assertThat(bytes(keys.key("c").orElseThrow())).isEqualTo(bytes);
    assertThat(keys.toString()).doesNotContain(HEX);
  }

  @Test
  void oneKeyIsTheCurrentOne() {
    assertThat(EnvironmentKeys.of(Map.of("FACELOCK_KEYS", "only:" + HEX)).currentKeyId())
        .isEqualTo("only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "nothing",
        ":00",
        "k1:",
        "k1:tooshort",
        "k 1:" + "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "k1:0000000000000000000000000000000000000000000000000000000000000000",
        "k1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff,",
        "k1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff,"
            + "k1:ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "k1:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff,"
            + "k2:ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
      })
  void unusableEnvironmentsAreRefusedWithoutShowingThem(String text) {
    refused(() -> EnvironmentKeys.of(Map.of("FACELOCK_KEYS", text)), "FACELOCK_KEYS")
        .hasMessageNotContaining("112233");
  }

  @Test
  void aCurrentKeyThatIsNotThereIsRefused() {
    refused(
        () ->
            EnvironmentKeys.of(Map.of("FACELOCK_KEYS", "k1:" + HEX, "FACELOCK_KEY_CURRENT", "k9")),
        "k9");
    refused(() -> EnvironmentKeys.of(Map.of()), "openssl rand");
  }

  @Test
  void aNewKeyFileIsPrivateAndReadsBack() throws Exception {
    Path file = folder.resolve("keys");
    FileKeys made = FileKeys.create(file, "2026-11", RANDOM);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(FileKeys.at(file).key("2026-11")).isEqualTo(made.key("2026-11")).isPresent();
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void aKeyFileIsNeverOverwritten() throws Exception {
    Path file = folder.resolve("keys");
    FileKeys.create(file, "k1", RANDOM);
    byte[] before = Files.readAllBytes(file);

    refused(() -> FileKeys.create(file, "k2", RANDOM), "is not overwritten");

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void oneOfManyParallelCreationsWins() throws Exception {
    Path file = folder.resolve("keys");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String id = "k" + i;
      calls.add(
          () -> {
            try {
              FileKeys.create(file, id, RANDOM);
              return true;
            } catch (FaceLockException.Key e) {
              return false;
            }
          });
    }
    int made = 0;
    for (Future<Boolean> each : threads.invokeAll(calls)) {
      made += each.get() ? 1 : 0;
    }
    threads.shutdown();
    assertThat(made).isEqualTo(1);
  }

  @Test
  void theFirstLineOfAFileIsCurrent() throws Exception {
    Path file = write("keys", "# two keys\n\nnew:" + HEX + "\nold:" + "ab".repeat(31) + "00\n");
    assertThat(FileKeys.at(file).currentKeyId()).isEqualTo("new");
    assertThat(FileKeys.at(file).key("old")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rw-rw-rw-"})
  void aFileThatOthersMayReadOrWriteIsRefusedWithTheCure(String permissions) throws Exception {
    Path file = write("keys", "k1:" + HEX);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    refused(() -> FileKeys.at(file), "chmod 600 " + file);
  }

  @Test
  void aFolderHoldsAFileForEachKey() throws Exception {
    Path keys = privateFolder("keys");
    write("keys/k1.key", HEX);
    write("keys/k2.key", "ab".repeat(31) + "00");
    refused(() -> FileKeys.at(keys), "current");
    write("keys/current", "k2\n");

    assertThat(FileKeys.at(keys).currentKeyId()).isEqualTo("k2");
    assertThat(FileKeys.at(keys).key("k1")).isPresent();

    Files.setPosixFilePermissions(
        keys.resolve("k1.key"), PosixFilePermissions.fromString("rw-r--r--"));
    refused(() -> FileKeys.at(keys), "chmod 600");
    Files.setPosixFilePermissions(
        keys.resolve("k1.key"), PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
    refused(() -> FileKeys.at(keys), "chmod 700");
  }

  @Test
  void aLinkThatLeavesTheFolderIsRefused() throws Exception {
    Path keys = privateFolder("keys");
    Path outside = write("elsewhere", HEX);
    Files.createSymbolicLink(keys.resolve("k1.key"), outside);
    refused(() -> FileKeys.at(keys), "leads out");
  }

  @Test
  void aMissingOrEmptyKeyFileIsRefused() throws Exception {
    refused(() -> FileKeys.at(folder.resolve("none")), "There is no key file");
    Path empty = write("empty", "\n# nothing\n");
    refused(() -> FileKeys.at(empty), "holds no key");
    refused(() -> FileKeys.at(privateFolder("void")), "holds no file");
    Path large = write("large", "#".repeat(70_000));
    refused(() -> FileKeys.at(large), "64 KiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JCEKS"})
  void keyStoresOfBothTypesAreReadFromAFile(String type) throws Exception {
    Path file = save(KeyStores.store(type, "k1", "k2"));

    KeyStoreKeys keys = KeyStoreKeys.at(file, PASSWORD, "k2");

    assertThat(keys.currentKeyId()).isEqualTo("k2");
    assertThat(keys.key("k1")).isPresent();
    refused(() -> KeyStoreKeys.at(file, Secret.of("wrong"), "k1"), "password");
    refused(() -> KeyStoreKeys.at(file, PASSWORD, "k3"), "k3");
  }

  @Test
  void whatIsNoKeyStoreIsRefused() throws Exception {
    Path file = write("noise", "no key store at all");
    refused(() -> KeyStoreKeys.at(file, PASSWORD, "k1"), "no key store");
    refused(() -> KeyStoreKeys.at(folder.resolve("none"), PASSWORD, "k1"), "There is no");
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() throws Exception {
    KeyStore store = KeyStores.pkcs12();
    KeyStores.add(store, "short", new SecretKeySpec(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "AES"));
    refused(() -> KeyStoreKeys.of(store, PASSWORD, "short"), "short");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refused(
      ThrowingCallable call, String message) {
    return assertThatThrownBy(call)
        .isInstanceOf(FaceLockException.Key.class)
        .hasMessageContaining(message);
  }

  private static byte[] bytes(SecretKey key) {
    return key.getEncoded();
  }

  private Path privateFolder(String name) throws Exception {
    return Files.createDirectory(
        folder.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private Path write(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path save(KeyStore store) throws Exception {
    Path file = folder.resolve("store");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    return file;
  }
}
