package io.github.facelock.spring.web.login;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What scripts send. Other members are ignored; secrets are not printed. */
final class LoginRequests {

  private LoginRequests() {}

  /**
   * Begins a login.
   *
   * @param username who it is said to be
   * @param policy one of those that a login may ask for
   * @param device what the device is called that is to be trusted
   */
  record Begin(@Nullable String username, @Nullable String policy, @Nullable String device) {}

  /**
   * Begins a step-up.
   *
   * @param policy what is to be satisfied
   */
  record StepUp(@Nullable String policy) {}

  /**
   * Answers a step.
   *
   * @param transaction the handle
   * @param factor which factor is answered
   * @param secret what was typed
   * @param choice whether the factor is only chosen
   * @param times of the frames, in milliseconds
   */
  record Answer(
      @Nullable String transaction,
      @Nullable String factor,
      @Nullable String secret,
      @Nullable Boolean choice,
      @Nullable List<Long> times) {

    @Override
    public String toString() {
      return "Answer[factor=" + factor + ", redacted]";
    }
  }

  /**
   * Asks for a step anew.
   *
   * @param transaction the handle
   * @param needs what the person cannot do
   */
  record Repeat(@Nullable String transaction, @Nullable List<String> needs) {
    @Override
    public String toString() {
      return "Repeat[redacted]";
    }
  }

  /**
   * Ends a login.
   *
   * @param transaction the handle
   */
  record Cancel(@Nullable String transaction) {
    @Override
    public String toString() {
      return "Cancel[redacted]";
    }
  }
}
