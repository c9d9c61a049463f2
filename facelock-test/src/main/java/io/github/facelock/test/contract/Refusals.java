package io.github.facelock.test.contract;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Null where there must be none: refused at once, not stored to fail later. */
final class Refusals {

  private Refusals() {}

  /** A null that the null checker does not see. */
  @SuppressWarnings("NullAway")
  static <T> T nullOf(Class<T> type) {
    return type.cast(null);
  }

  static void refusesNull(ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call);
  }
}
