package io.github.facelock.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints a setting that was refused, and its cure. */
final class FaceLockSettingFailureAnalyzer
    extends AbstractFailureAnalyzer<FaceLockSettingException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, FaceLockSettingException cause) {
    return new FailureAnalysis(cause.getMessage() + ".", cause.cure(), cause);
  }
}
