package io.github.facelock.spring.autoconfigure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.crypto.FileKeys;
import io.github.facelock.spi.KeyProvider;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;

class KeyConfigurationTest {

  private static final byte[] BYTES = "0123456789abcdefghijklmnopqrstuv".getBytes(US_ASCII);
  private static final String KEY = Base64.getEncoder().encodeToString(BYTES);
  private static final String OTHER =
      Base64.getEncoder().encodeToString("another 0123456789 key, 32 bytes".getBytes(US_ASCII));

  @TempDir Path folder;

  private ApplicationContextRunner runner() {
    return Runners.inMemory()
        .withPropertyValues("facelock.store.type=file", "facelock.data-dir=" + folder);
  }

  @Test
  void durableStoresWithoutAKeyAreRefused() {
    runner()
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOfSatisfying(
                        FaceLockSettingException.class,
                        e ->
                            assertThat(e.cure())
                                .contains(
                                    "FACELOCK_KEYS", "openssl rand", "facelock.development")));
    assertThat(folder.resolve("development.key")).doesNotExist();
  }

  @Test
  void keysComeFromTheEnvironment() {
    runner()
        .withInitializer(
            context ->
                TestPropertyValues.of(
                        "FACELOCK_KEYS=a:" + KEY + ",b:" + KEY, "FACELOCK_KEY_CURRENT=b")
                    .applyTo(context.getEnvironment(), TestPropertyValues.Type.SYSTEM_ENVIRONMENT))
        .run(
            context -> {
              KeyProvider keys = context.getBean(KeyProvider.class);
              assertThat(keys.currentKeyId()).isEqualTo("b");
              assertThat(keys.key("a")).isPresent();
            });
  }

  @Test
  void keysComeFromAFile() {
    FileKeys.create(folder.resolve("keys"), "k1", new SecureRandom());
    runner()
        .withPropertyValues("facelock.key.file=" + folder.resolve("keys"))
        .run(
            context ->
                assertThat(context.getBean(KeyProvider.class).currentKeyId()).isEqualTo("k1"));
  }

  @Test
  void keysComeFromAKeyStore() throws Exception {
    Path file = folder.resolve("keys.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setEntry(
        "k7",
        new KeyStore.SecretKeyEntry(new SecretKeySpec(BYTES, "AES")),
        new KeyStore.PasswordProtection("changeit".toCharArray()));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    runner()
        .withPropertyValues(
            "facelock.key.store=" + file,
            "facelock.key.store-password=changeit",
            "facelock.key.current=k7")
        .run(
            context ->
                assertThat(context.getBean(KeyProvider.class).currentKeyId()).isEqualTo("k7"));
  }

  @Test
  void aKeyStoreWithoutItsPasswordIsRefused() {
    runner()
        .withPropertyValues("facelock.key.store=" + folder.resolve("keys.p12"))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("facelock.key.store-password"));
  }

  @Test
  void twoSourcesOfKeysAreRefused() {
    runner()
        .withPropertyValues("facelock.keys=a:" + KEY, "facelock.key.file=keys")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .rootCause()
                    .hasMessageContaining("more than once"));
  }

  @Test
  void anotherKeyOfTheSameNameIsRefusedBeforeAnythingIsWritten() {
    runner()
        .withPropertyValues("facelock.keys=a:" + KEY)
        .run(context -> assertThat(context).hasNotFailed());
    runner()
        .withPropertyValues("facelock.keys=a:" + OTHER)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(FaceLockException.Key.class.getName())
                    .hasStackTraceContaining("original bytes of a"));
  }

  @Test
  void propertiesNeverPrintKeysOrPasswords() {
    runner()
        .withPropertyValues("facelock.keys=a:" + KEY, "facelock.key.store-password=changeit")
        .run(
            context -> {
              assertThat(context.getBean(FaceLockProperties.class).toString()).doesNotContain(KEY);
              assertThat(context.getBean(KeyProperties.class).toString())
                  .doesNotContain("changeit");
            });
  }
}
