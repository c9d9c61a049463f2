package io.github.facelock.core.lockout;

import io.github.facelock.core.store.memory.MemoryAttemptStore;
import io.github.facelock.spi.AttemptLimiter;
import io.github.facelock.test.contract.AttemptLimiterContract;
import java.time.Clock;

class BackOffLimiterContractTest extends AttemptLimiterContract {

  @Override
  protected AttemptLimiter newLimiter(Clock clock) {
    return new BackOffLimiter(new MemoryAttemptStore(clock), LockoutRules.defaults(), clock);
  }
}
