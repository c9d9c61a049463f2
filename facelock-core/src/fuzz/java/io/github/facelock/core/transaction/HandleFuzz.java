package io.github.facelock.core.transaction;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.facelock.api.TransactionHandle;

/** What clients hand in as a handle. */
class HandleFuzz {

  @FuzzTest(maxDuration = "20s")
  void aHandleIsReadOrRefusedWithoutRepeatingIt(FuzzedDataProvider data) {
    String text = data.consumeRemainingAsString();
    try {
      TransactionHandle handle = TransactionHandle.parse(text);
      if (!handle.value().equals(text) || handle.toString().contains(text)) {
        throw new AssertionError("a handle changes its text, or prints it");
      }
    } catch (IllegalArgumentException e) {
      if (text.length() > 8 && String.valueOf(e.getMessage()).contains(text)) {
        throw new AssertionError("the message repeats what was handed in", e);
      }
    }
  }
}
