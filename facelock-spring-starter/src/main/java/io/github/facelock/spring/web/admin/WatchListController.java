package io.github.facelock.spring.web.admin;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Role;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.watchlist.FaceWatch;
import io.github.facelock.api.watchlist.WatchList;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.api.watchlist.WatchedPerson;
import io.github.facelock.spring.web.FaceLockApi;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The watch-list. Operators see it; administrators change it. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/watch-list")
final class WatchListController {

  private static final int LONGEST_REASON = 256;

  private final Desk desk;
  private final WatchList watchList;
  private final FaceLockAdminProperties bounds;
  private final Clock clock;

  WatchListController(Desk desk, WatchList watchList, FaceLockAdminProperties bounds, Clock clock) {
    this.desk = desk;
    this.watchList = watchList;
    this.bounds = bounds;
    this.clock = clock;
  }

  record Entry(
      String id,
      String kind,
      Optional<String> subject,
      Optional<String> model,
      String reason,
      String addedBy,
      Instant createdAt,
      Optional<Instant> expiresAt) {}

  record Entries(List<Entry> entries) {}

  record Added(String id) {}

  record NewName(@Nullable String subject, @Nullable String reason, @Nullable String expiresAt) {}

  @GetMapping
  ResponseEntity<Entries> list(HttpServletRequest request) {
    desk.permit(request, "watch-list", Optional.empty(), "", Role.OPERATOR);
    return SubjectController.json(
        HttpStatus.OK,
        new Entries(watchList.list().stream().map(WatchListController::entry).toList()));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Added> addName(@RequestBody NewName body, HttpServletRequest request) {
    SubjectId subject;
    try {
      subject = SubjectId.of(body.subject() == null ? "" : body.subject());
    } catch (IllegalArgumentException e) {
      throw Desk.malformed("subject");
    }
    String reason = reason(body.reason());
    Optional<Instant> expiresAt = time(Optional.ofNullable(body.expiresAt()));
    Actor actor = desk.permit(request, "watch-list-add", Optional.of(subject), "", Role.ADMIN);
    WatchListEntryId id = watchList.addSubject(subject, reason, actor.subject().value(), expiresAt);
    return SubjectController.json(HttpStatus.CREATED, new Added(id.value()));
  }

  @PostMapping(
      path = "/faces",
      consumes = {MediaType.IMAGE_JPEG_VALUE, MediaType.IMAGE_PNG_VALUE})
  ResponseEntity<Added> addFace(
      @RequestParam("reason") String reason,
      @RequestParam("expiresAt") Optional<String> expiresAt,
      HttpServletRequest request)
      throws IOException {
    Actor actor = desk.permit(request, "watch-list-add", Optional.empty(), "face", Role.ADMIN);
    String why = reason(reason);
    Optional<Instant> until = time(expiresAt);
    byte[] picture = RequestFile.read(request, Math.toIntExact(bounds.maxPicture().toBytes()));
    FaceWatch result;
    try {
      result = watchList.addFace(Capture.ofImage(picture), why, actor.subject().value(), until);
    } catch (IllegalStateException e) {
      throw new ProblemException(HttpStatus.CONFLICT, "no-face-policy");
    }
    if (result instanceof FaceWatch.NotAcquired unclear) {
      throw FactorController.notAcquired(unclear.guidance().code());
    }
    return SubjectController.json(
        HttpStatus.CREATED, new Added(((FaceWatch.Added) result).id().value()));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(@PathVariable("id") String id, HttpServletRequest request) {
    WatchListEntryId entry;
    try {
      entry = new WatchListEntryId(id);
    } catch (IllegalArgumentException e) {
      throw Desk.notFound();
    }
    Actor actor = desk.permit(request, "watch-list-remove", Optional.empty(), id, Role.ADMIN);
    if (!watchList.remove(entry, actor.subject().value())) {
      throw Desk.notFound();
    }
    return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
  }

  private static String reason(@Nullable String text) {
    if (text == null
        || text.isBlank()
        || text.length() > LONGEST_REASON
        || text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)
        || !isWellFormed(text)) {
      throw Desk.malformed("reason");
    }
    return text;
  }

  /** Half a surrogate pair is no character that a store could keep. */
  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_16.newEncoder().canEncode(text);
  }

  private Optional<Instant> time(Optional<String> text) {
    if (text.filter(given -> !given.isBlank()).isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant time = Instant.parse(text.get());
      if (time.isAfter(clock.instant())) {
        return Optional.of(time);
      }
    } catch (DateTimeParseException e) {
      // As below.
    }
    throw Desk.malformed("expiresAt");
  }

  private static Entry entry(WatchedPerson person) {
    return new Entry(
        person.id().value(),
        person.subject().isPresent() ? "name" : "face",
        person.subject().map(SubjectId::value),
        person.model().map(model -> model.value()),
        person.reason(),
        person.addedBy(),
        person.createdAt(),
        person.expiresAt());
  }
}
