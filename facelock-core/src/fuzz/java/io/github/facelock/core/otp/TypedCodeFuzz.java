package io.github.facelock.core.otp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.facelock.api.Secret;
import java.util.Arrays;

/** What people type: digits and base 32, or nothing. */
class TypedCodeFuzz {

  @FuzzTest(maxDuration = "20s")
  void aTypedCodeIsDigitsOrNothing(FuzzedDataProvider data) {
    String typed = data.consumeString(64);
    TypedCode.digits(Secret.of(typed), 6, 8)
        .filter(digits -> !digits.matches("[0-9]{6,8}"))
        .ifPresent(
            digits -> {
              throw new AssertionError("not six to eight ASCII digits");
            });
    String secret = data.consumeRemainingAsString();
    Base32.decode(secret)
        .filter(bytes -> !Arrays.equals(bytes, Base32.decode(Base32.encode(bytes)).orElseThrow()))
        .ifPresent(
            bytes -> {
              throw new AssertionError("decodes to what does not encode back");
            });
  }
}
