package io.github.facelock.spring.web.admin;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Administration;
import io.github.facelock.api.admin.AuditEntry;
import io.github.facelock.api.admin.AuditQuery;
import io.github.facelock.api.admin.Decision;
import io.github.facelock.api.admin.Role;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spring.web.FaceLockApi;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The audit trail: searched, exported, and live. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/audit")
final class AuditController {

  private final Desk desk;
  private final Administration administration;
  private final Optional<AuditFeed> feed;

  AuditController(Desk desk, Optional<AuditFeed> feed) {
    this.desk = desk;
    this.administration = desk.administration();
    this.feed = feed;
  }

  @GetMapping
  ResponseEntity<AuditViews.Page> search(
      @RequestParam("subject") Optional<String> subject,
      @RequestParam("type") Optional<List<String>> types,
      @RequestParam("factor") Optional<String> factor,
      @RequestParam("from") Optional<String> from,
      @RequestParam("to") Optional<String> to,
      @RequestParam("source") Optional<String> source,
      @RequestParam("transaction") Optional<String> transaction,
      @RequestParam("after") Optional<Long> after,
      @RequestParam("limit") Optional<Integer> asked,
      HttpServletRequest request) {
    int limit = Desk.limit(asked, 100, 500);
    AuditQuery query = AuditQuery.all().withLimit(limit).withTypes(types(types.orElse(List.of())));
    if (given(subject)) {
      query = query.withSubject(subject(subject.get()));
    }
    if (given(factor)) {
      query = query.withFactor(SubjectViews.factor(factor.get()));
    }
    if (given(from)) {
      query = query.from(time(from.get(), "from"));
    }
    if (given(to)) {
      query = query.until(time(to.get(), "to"));
    }
    if (given(source)) {
      query = query.withSource(shortText(source.get(), "source"));
    }
    if (given(transaction)) {
      query = query.withTransaction(shortText(transaction.get(), "transaction"));
    }
    if (after.isPresent()) {
      query = query.before(after.get());
    }
    requireReadable();
    List<AuditEntry> page = Desk.done(administration.searchAudit(desk.actor(request), query));
    return SubjectController.json(
        HttpStatus.OK,
        new AuditViews.Page(
            page.stream().map(AuditViews::view).toList(),
            page.size() < limit
                ? Optional.empty()
                : Optional.of(page.get(page.size() - 1).number())));
  }

  private static boolean given(Optional<String> text) {
    return text.filter(some -> !some.isBlank()).isPresent();
  }

  private static SubjectId subject(String name) {
    try {
      return SubjectId.of(name);
    } catch (IllegalArgumentException e) {
      throw Desk.malformed("subject");
    }
  }

  private static String shortText(String text, String member) {
    if (text.length() > 128) {
      throw Desk.malformed(member);
    }
    return text;
  }

  private static Instant time(String text, String member) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Desk.malformed(member);
    }
  }

  static Set<String> types(List<String> names) {
    Set<String> types = new TreeSet<>();
    for (String name : names) {
      if (name.isBlank()) {
        continue;
      }
      boolean known =
          Arrays.stream(AuditEvent.Type.values()).anyMatch(type -> type.name().equals(name));
      if (!known) {
        throw Desk.malformed("type");
      }
      types.add(name);
    }
    return types;
  }

  /** One line at a time: the trail may be longer than the memory. */
  @GetMapping("/export")
  void export(
      @RequestParam("from") Optional<Long> from,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    requireReadable();
    Actor actor = desk.actor(request);
    OutputStream out = response.getOutputStream();
    boolean[] begun = {false};
    Decision<Long> done =
        administration.exportAudit(
            actor,
            Math.max(1, from.orElse(1L)),
            line -> {
              if (!begun[0]) {
                begun[0] = true;
                begin(response);
              }
              try {
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.write('\n');
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Desk.done(done);
    if (!begun[0]) {
      begin(response);
    }
    out.flush();
  }

  private static void begin(HttpServletResponse response) {
    response.setStatus(HttpStatus.OK.value());
    response.setContentType("application/x-ndjson");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename("audit.jsonl").build().toString());
  }

  /** Server-sent events; they end after a while, and the browser's next request is checked anew. */
  @GetMapping("/live")
  ResponseEntity<SseEmitter> live(
      @RequestParam("type") Optional<List<String>> types,
      @RequestParam("subject") Optional<String> subject,
      @RequestHeader("Last-Event-ID") Optional<String> last,
      HttpServletRequest request) {
    Set<String> shown = types(types.orElse(List.of()));
    Optional<SubjectId> whom =
        given(subject) ? Optional.of(subject(subject.get())) : Optional.empty();
    AuditFeed open = feed.orElseThrow(AuditController::foreignTrail);
    Actor actor = desk.permit(request, "audit-live", whom, "", Role.OPERATOR);
    SseEmitter emitter =
        open.subscribe(
            new AuditFeed.View(
                actor.subject(),
                Optional.ofNullable(request.getSession(false)),
                shown,
                whom,
                number(last)));
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header("X-Accel-Buffering", "no")
        .body(emitter);
  }

  private static Optional<Long> number(Optional<String> text) {
    return text.filter(id -> id.matches("[0-9]{1,18}")).map(Long::parseLong);
  }

  private void requireReadable() {
    if (feed.isEmpty()) {
      throw foreignTrail();
    }
  }

  private static ProblemException foreignTrail() {
    return new ProblemException(HttpStatus.CONFLICT, "foreign-audit-trail");
  }
}
