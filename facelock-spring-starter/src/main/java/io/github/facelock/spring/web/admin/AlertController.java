package io.github.facelock.spring.web.admin;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.Role;
import io.github.facelock.core.alert.Acknowledgement;
import io.github.facelock.core.alert.AlertDesk;
import io.github.facelock.core.alert.AlertOverview;
import io.github.facelock.core.alert.AlertRecord;
import io.github.facelock.core.alert.AlertTemplates;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.Snapshot;
import io.github.facelock.spi.store.OutboxEntry;
import io.github.facelock.spring.web.FaceLockApi;
import io.github.facelock.spring.web.admin.AlertViews.Acknowledged;
import io.github.facelock.spring.web.admin.AlertViews.AlertView;
import io.github.facelock.spring.web.admin.AlertViews.Page;
import io.github.facelock.spring.web.admin.AlertViews.Template;
import io.github.facelock.spring.web.admin.AlertViews.Templates;
import io.github.facelock.spring.web.page.Texts;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Alerts, for whoever is on duty. Notices to subjects about their own accounts are not listed. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/alerts")
final class AlertController {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int READ_AT_ONCE = 100;
  private static final int FARTHEST = 100_000;
  private static final int MOST_READ = 1000;

  private final Desk desk;
  private final AlertDesk alerts;
  private final AlertTemplates templates;
  private final Clock clock;

  AlertController(Desk desk, AlertDesk alerts, AlertTemplates templates, Clock clock) {
    this.desk = desk;
    this.alerts = alerts;
    this.templates = templates;
    this.clock = clock;
  }

  @GetMapping
  ResponseEntity<Page> list(
      @RequestParam("state") Optional<String> state,
      @RequestParam("held") Optional<Boolean> held,
      @RequestParam("after") Optional<Integer> after,
      @RequestParam("limit") Optional<Integer> asked,
      HttpServletRequest request) {
    desk.permit(request, "alerts", Optional.empty(), "", Role.OPERATOR);
    int limit = Desk.limit(asked, 50, 200);
    int offset = after.orElse(0);
    if (offset < 0 || offset > FARTHEST) {
      throw Desk.malformed("after");
    }
    Set<OutboxEntry.State> states = states(state);
    AlertOverview overview = alerts.overview();
    List<AlertView> found = new ArrayList<>();
    // In a storm hundreds are only written down: a page may be short, and still not the last.
    for (int most = offset + MOST_READ; offset < most; ) {
      List<AlertRecord> records = alerts.list(states, offset, READ_AT_ONCE);
      for (AlertRecord record : records) {
        offset++;
        if (!record.notice() && (!record.held() || held.orElse(false))) {
          found.add(AlertViews.view(record, overview));
        }
        if (found.size() == limit) {
          return SubjectController.json(HttpStatus.OK, new Page(found, Optional.of(offset)));
        }
      }
      if (records.size() < READ_AT_ONCE) {
        return SubjectController.json(HttpStatus.OK, new Page(found, Optional.empty()));
      }
    }
    return SubjectController.json(HttpStatus.OK, new Page(found, Optional.of(offset)));
  }

  private static Set<OutboxEntry.State> states(Optional<String> name) {
    if (name.isEmpty()) {
      return EnumSet.allOf(OutboxEntry.State.class);
    }
    try {
      return EnumSet.of(OutboxEntry.State.valueOf(name.get().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw Desk.malformed("state");
    }
  }

  @PostMapping("/{id}/acknowledge")
  ResponseEntity<Acknowledged> acknowledge(
      @PathVariable("id") String id, HttpServletRequest request) {
    AlertRecord record = find(id, request, "alert-acknowledge");
    Actor actor = desk.actor(request);
    Acknowledgement result = alerts.acknowledge(record.id(), actor.subject().value());
    return switch (result) {
      case ACKNOWLEDGED, ALREADY ->
          SubjectController.json(
              HttpStatus.OK, new Acknowledged(result == Acknowledgement.ALREADY));
      case EXPIRED, UNKNOWN -> throw Desk.notFound();
    };
  }

  /** A picture of somebody: shown to whoever is on duty, kept by no cache, and each time told. */
  @GetMapping("/{id}/snapshot")
  ResponseEntity<byte[]> snapshot(@PathVariable("id") String id, HttpServletRequest request) {
    AlertRecord record = find(id, request, "alert-snapshot");
    Snapshot snapshot = alerts.snapshot(record.id()).orElseThrow(Desk::notFound);
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_JPEG)
        .cacheControl(CacheControl.noStore())
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("snapshot.jpg").build().toString())
        .body(snapshot.jpeg());
  }

  /** The same answer for an unknown alert and for a notice, after the roles were looked at. */
  private AlertRecord find(String id, HttpServletRequest request, String action) {
    Optional<AlertRecord> record = ID.matcher(id).matches() ? alerts.find(id) : Optional.empty();
    Optional<SubjectId> target = record.flatMap(AlertRecord::alert).flatMap(Alert::subject);
    desk.permit(request, action, target, record.map(AlertRecord::id).orElse(""), Role.OPERATOR);
    return record.filter(found -> !found.notice()).orElseThrow(Desk::notFound);
  }

  @GetMapping("/templates")
  ResponseEntity<Templates> templates(HttpServletRequest request) {
    desk.permit(request, "settings", Optional.empty(), "alert-templates", Role.OPERATOR);
    Alert example =
        new Alert(
            clock.instant(),
            Alert.Cause.WATCH_LIST,
            Optional.of(SubjectId.of("erika.example")),
            Optional.empty(),
            "192.0.2.7",
            Map.of());
    List<Template> all = new ArrayList<>();
    for (Locale language : Texts.LANGUAGES) {
      AlertTemplates.Example text = templates.example(language, Alert.Severity.CRITICAL, example);
      all.add(new Template(language.toLanguageTag(), text.subject(), text.text()));
    }
    return SubjectController.json(HttpStatus.OK, new Templates(all));
  }
}
