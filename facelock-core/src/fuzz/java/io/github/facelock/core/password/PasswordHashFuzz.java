package io.github.facelock.core.password;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** A stored hash is read within its bounds, or is none. */
class PasswordHashFuzz {

  @FuzzTest(maxDuration = "20s")
  void aHashIsReadOrEmpty(FuzzedDataProvider data) {
    Argon2Hash.parse(data.consumeRemainingAsString());
  }
}
