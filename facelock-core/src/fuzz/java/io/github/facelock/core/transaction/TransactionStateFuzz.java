package io.github.facelock.core.transaction;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.facelock.api.FactorType;
import java.util.Map;

/** What a store gives back for a login's state: read, or empty. */
class TransactionStateFuzz {

  private final TransactionCodec codec =
      new TransactionCodec(Map.of("password", FactorType.PASSWORD, "face", FactorType.FACE));

  @FuzzTest(maxDuration = "20s")
  void aStateIsReadOrEmpty(byte[] bytes) {
    codec.decode(bytes);
  }
}
