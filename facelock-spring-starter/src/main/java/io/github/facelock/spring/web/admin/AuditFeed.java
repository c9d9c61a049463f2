package io.github.facelock.spring.web.admin;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.Role;
import io.github.facelock.core.audit.ChainedAuditLog;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Shows the trail while it grows, also what other nodes write. Each view has a thread and a cursor
 * of its own, so that a browser that reads slowly holds up nobody else. Whoever lost the role or
 * logged out sees no further record. Thread-safe.
 */
final class AuditFeed implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(AuditFeed.class);

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final int HEARTBEAT_LOOKS = 20;
  private static final int MOST_AT_ONCE = 500;

  private final ChainedAuditLog trail;
  private final Administration administration;
  private final Duration liveFor;
  private final ExecutorService views;
  private volatile boolean closed;

  AuditFeed(ChainedAuditLog trail, Administration administration, FaceLockAdminProperties bounds) {
    this.trail = trail;
    this.administration = administration;
    this.liveFor = bounds.liveFor();
    this.views =
        new ThreadPoolExecutor(
            0,
            Math.max(1, bounds.maxLive()),
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "facelock-audit-view");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * What somebody wants to see.
   *
   * @param viewer who
   * @param session by which the person is logged in
   * @param types of none every type
   * @param subject whom records concern; empty for anybody
   * @param after only records with a higher number; empty for those from now on
   */
  record View(
      SubjectId viewer,
      Optional<HttpSession> session,
      Set<String> types,
      Optional<SubjectId> subject,
      Optional<Long> after) {}

  /** Begins a view. */
  SseEmitter subscribe(View view) {
    SseEmitter emitter = new SseEmitter(liveFor.toMillis() + 10_000);
    long from = view.after().orElseGet(this::newest);
    try {
      views.execute(new Reader(view, emitter, from));
    } catch (RejectedExecutionException e) {
      throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "busy")
          .retryAfter(Duration.ofSeconds(30));
    }
    return emitter;
  }

  private long newest() {
    return trail.search(AuditQuery.all().withLimit(1)).stream()
        .mapToLong(AuditRecord::number)
        .findFirst()
        .orElse(0);
  }

  private final class Reader implements Runnable {

    private final View view;
    private final SseEmitter emitter;
    private long last;
    private volatile boolean ended;

    Reader(View view, SseEmitter emitter, long last) {
      this.view = view;
      this.emitter = emitter;
      this.last = last;
      emitter.onCompletion(() -> ended = true);
      emitter.onTimeout(() -> ended = true);
      emitter.onError(fault -> ended = true);
    }

    @Override
    public void run() {
      long end = System.nanoTime() + liveFor.toNanos();
      try {
        emitter.send(SseEmitter.event().comment("live").reconnectTime(2000));
        for (int look = 1; !ended && !closed && System.nanoTime() < end; look++) {
          if (!mayLook()) {
            emitter.send(SseEmitter.event().name("ended").data("ended"));
            break;
          }
          boolean sent = send();
          if (!sent && look % HEARTBEAT_LOOKS == 0) {
            emitter.send(SseEmitter.event().comment("still here"));
          }
          TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
        }
        emitter.complete();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        emitter.complete();
      } catch (IOException | IllegalStateException e) {
        // The browser is gone.
        LOG.debug("A live view of the audit trail ended: {}", e.toString());
      } catch (RuntimeException | Error e) {
        LOG.warn("A live view of the audit trail ended: {}", e.toString());
        emitter.complete();
      }
    }

    /** Looked up at each look, without a record of its own: it would be seen, and so on. */
    private boolean mayLook() {
      Set<Role> roles = administration.rolesOf(view.viewer());
      return !Collections.disjoint(roles, Set.of(Role.ADMIN, Role.OPERATOR))
          && view.session().map(Reader::isValid).orElse(true);
    }

    private static boolean isValid(HttpSession session) {
      try {
        session.getCreationTime();
        return true;
      } catch (IllegalStateException e) {
        return false;
      }
    }

    private boolean send() throws IOException {
      List<AuditRecord> news = new ArrayList<>();
      AuditQuery query = AuditQuery.all().withTypes(view.types());
      if (view.subject().isPresent()) {
        query = query.withSubject(view.subject().get());
      }
      boolean none =
          trail.search(query.withLimit(1)).stream().noneMatch(record -> record.number() > last);
      if (none) {
        return false;
      }
      for (AuditRecord record : trail.search(query.withLimit(MOST_AT_ONCE))) {
        if (record.number() > last) {
          news.add(record);
        }
      }
      Collections.reverse(news);
      for (AuditRecord record : news) {
        emitter.send(
            SseEmitter.event()
                .id(Long.toString(record.number()))
                .name("record")
                .data(AuditViews.view(record), MediaType.APPLICATION_JSON));
        last = record.number();
      }
      return !news.isEmpty();
    }
  }

  @Override
  public void destroy() {
    closed = true;
    views.shutdownNow();
  }
}
