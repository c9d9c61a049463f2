package io.github.facelock.spring.autoconfigure;

import io.github.facelock.api.FaceLockException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in the application's terms what to do when FaceLock cannot start. */
final class FaceLockFailureAnalyzer extends AbstractFailureAnalyzer<FaceLockException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, FaceLockException cause) {
    String action = action(cause);
    return action == null ? null : new FailureAnalysis(cause.getMessage(), action, cause);
  }

  private static @Nullable String action(FaceLockException cause) {
    if (cause instanceof FaceLockException.Model) {
      return "Add io.github.facelock:facelock-models of FaceLock's own version to the class path."
          + " For a model of your own, check facelock.face.embedder.file (or"
          + " facelock.face.detector.file) and the SHA-256 beside it.";
    }
    if (cause instanceof FaceLockException.NativeLibrary) {
      return "Run on Linux with glibc (x86-64 or AArch64; Alpine's musl is not one), macOS on Apple"
          + " silicon or Windows x86-64, with a temporary folder that may hold programs:"
          + " -Djava.io.tmpdir=… names another. A policy without a face needs no native library.";
    }
    if (cause instanceof FaceLockException.Key) {
      return "Give the keys that belong to the data: by the environment variable FACELOCK_KEYS and"
          + " FACELOCK_KEY_CURRENT, by facelock.key.file, or by facelock.key.store. For a first"
          + " start with an empty store: FACELOCK_KEYS=k1:$(openssl rand -base64 32), and keep it.";
    }
    if (cause instanceof FaceLockException.Delivery) {
      return "Check facelock.mail.host, facelock.mail.port and facelock.mail.security (or"
          + " spring.mail.*), and that this machine may reach the server. Without"
          + " facelock.mail.test-at-start the application starts all the same.";
    }
    if (cause instanceof FaceLockException.Store) {
      return "Check spring.datasource.url, its user and password, or facelock.data-dir: one process"
          + " at a time opens the embedded file.";
    }
    return null;
  }
}
