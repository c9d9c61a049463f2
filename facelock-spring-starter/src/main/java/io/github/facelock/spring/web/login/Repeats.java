package io.github.facelock.spring.web.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a double click. The same answer to the same handle in the same session is judged once:
 * whoever sends it again while the first is judged, or within ten seconds, gets the first's
 * outcome. In this process only; on another node the handle is spent, and the second is told so.
 * Thread-safe.
 */
final class Repeats {

  static final Duration KEPT = Duration.ofSeconds(10);

  private static final int MOST = 50_000;
  private static final long PATIENCE_SECONDS = 60;

  private final Clock clock;
  private final Cache<String, First> firsts =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(Duration.ofSeconds(PATIENCE_SECONDS).plus(KEPT))
          .build();

  Repeats(Clock clock) {
    this.clock = clock;
  }

  private static final class First {
    final CompletableFuture<LoginFlow.Answer> answer = new CompletableFuture<>();
    volatile @Nullable Instant doneAt;
  }

  /**
   * Judges, unless that was done a moment ago.
   *
   * @param key the session, the handle, and what is answered
   * @param judge empty if the handle is not one of the session's
   * @param otherwise the answer then
   */
  LoginFlow.Answer once(
      String key,
      Supplier<Optional<LoginFlow.Answer>> judge,
      Supplier<LoginFlow.Answer> otherwise) {
    First mine = new First();
    First first = firsts.asMap().putIfAbsent(key, mine);
    if (first != null) {
      return later(first, otherwise);
    }
    Optional<LoginFlow.Answer> judged;
    try {
      judged = judge.get();
    } catch (RuntimeException | Error e) {
      firsts.asMap().remove(key, mine);
      mine.answer.completeExceptionally(e);
      throw e;
    }
    if (judged.isEmpty()) {
      firsts.asMap().remove(key, mine);
    }
    LoginFlow.Answer answer = judged.orElseGet(otherwise);
    mine.doneAt = clock.instant();
    mine.answer.complete(answer);
    return answer;
  }

  private LoginFlow.Answer later(First first, Supplier<LoginFlow.Answer> otherwise) {
    Instant doneAt = first.doneAt;
    if (doneAt != null && clock.instant().isAfter(doneAt.plus(KEPT))) {
      return otherwise.get();
    }
    try {
      return first.answer.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      return otherwise.get();
    }
  }
}
