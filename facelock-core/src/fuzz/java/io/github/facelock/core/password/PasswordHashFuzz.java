package io.github.facelock.core.password;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.facelock.api.Secret;

/** A stored hash is read within its bounds, or is none. */
class PasswordHashFuzz {

  @FuzzTest(maxDuration = "20s")
  void aHashIsReadOrEmpty(FuzzedDataProvider data) {
    Argon2Hash.parse(data.consumeRemainingAsString());
  }

  /** What is imported can be read at a login. */
  @FuzzTest(maxDuration = "20s")
  void aForeignHashIsTakenInAFormThatLoginsReadOrNotAtAll(FuzzedDataProvider data) {
    HashImport.canonical(Secret.of(data.consumeString(600)))
        .filter(form -> ForeignHash.parse(form).isEmpty() && Argon2Hash.parse(form).isEmpty())
        .ifPresent(
            form -> {
              throw new AssertionError("imported, and not read");
            });
  }
}
