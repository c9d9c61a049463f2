package io.github.facelock.core.otp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.FactorState;

/** What a store gives back for a sent code: read, or refused in the one way that is documented. */
class RememberedCodeFuzz {

  @FuzzTest(maxDuration = "20s")
  void aRememberedCodeIsReadOrUnreadable(byte[] bytes) {
    if (bytes.length > FactorState.MAX_LENGTH) {
      return;
    }
    try {
      SentCode.of(FactorState.of(bytes));
    } catch (FaceLockException.Store e) {
      return; // what the engine turns into a denial
    }
  }
}
