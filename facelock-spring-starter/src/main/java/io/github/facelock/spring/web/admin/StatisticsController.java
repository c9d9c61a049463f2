package io.github.facelock.spring.web.admin;

import io.github.facelock.api.admin.Actor;
import io.github.facelock.api.admin.LoginStatistics;
import io.github.facelock.api.admin.StatisticsQuery;
import io.github.facelock.spring.web.FaceLockApi;
import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Numbers of logins without names. */
@FaceLockApi
@RequestMapping("${facelock.web.base-path:/facelock}/api/admin/statistics")
final class StatisticsController {

  private static final int LONGEST_HOURS = 24 * 366;
  private static final int USUAL_SLOTS = 24;

  /** To sum up a long trail takes seconds: two at a time are enough. */
  private final Semaphore turns = new Semaphore(2);

  private final Desk desk;
  private final AnswerTimes answers;
  private final Clock clock;

  StatisticsController(Desk desk, AnswerTimes answers, Clock clock) {
    this.desk = desk;
    this.answers = answers;
    this.clock = clock;
  }

  record SpreadView(long count, long medianMillis, long p95Millis, long longestMillis) {}

  record Logins(
      Instant from,
      Instant until,
      boolean complete,
      List<LoginStatistics.Slot> slots,
      Map<String, Long> denials,
      Map<String, Map<String, Long>> refusals,
      Optional<SpreadView> timeToLogin,
      Optional<LoginStatistics.Scores> scores) {}

  record Statistics(Logins logins, List<AnswerTimes.Times> answers) {}

  @GetMapping
  ResponseEntity<Statistics> statistics(
      @RequestParam("hours") Optional<Integer> asked,
      @RequestParam("slots") Optional<Integer> parts,
      HttpServletRequest request) {
    int hours = asked.orElse(24);
    int slots = parts.orElse(USUAL_SLOTS);
    if (hours < 1 || hours > LONGEST_HOURS) {
      throw Desk.malformed("hours");
    }
    if (slots < 1 || slots > StatisticsQuery.MAX_SLOTS) {
      throw Desk.malformed("slots");
    }
    Actor actor = desk.actor(request);
    // Whole slots, so that their bounds stay the same from one look to the next.
    long slot = Math.max(1, Duration.ofHours(hours).toMillis() / slots);
    Instant until =
        Instant.ofEpochMilli((Math.floorDiv(clock.instant().toEpochMilli(), slot) + 1) * slot);
    StatisticsQuery query = new StatisticsQuery(until.minusMillis(slot * slots), until, slots);
    if (!turns.tryAcquire()) {
      throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "busy")
          .retryAfter(Duration.ofSeconds(5));
    }
    LoginStatistics sums;
    try {
      sums = Desk.done(desk.administration().statistics(actor, query));
    } catch (IllegalStateException e) {
      throw new ProblemException(HttpStatus.CONFLICT, "foreign-audit-trail");
    } finally {
      turns.release();
    }
    return SubjectController.json(HttpStatus.OK, new Statistics(view(sums), answers.times()));
  }

  private static Logins view(LoginStatistics sums) {
    return new Logins(
        sums.from(),
        sums.until(),
        sums.complete(),
        sums.slots(),
        codes(sums.denials()),
        sums.refusals(),
        sums.timeToLogin()
            .map(
                spread ->
                    new SpreadView(
                        spread.count(),
                        spread.median().toMillis(),
                        spread.p95().toMillis(),
                        spread.longest().toMillis())),
        sums.scores());
  }

  private static Map<String, Long> codes(Map<String, Long> byName) {
    Map<String, Long> codes = new TreeMap<>();
    byName.forEach(
        (name, count) -> codes.put(name.toLowerCase(Locale.ROOT).replace('_', '-'), count));
    return codes;
  }
}
