package io.github.facelock.spring.web.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * How long this node took to answer the requests of logins since it started, by endpoint: counts in
 * intervals, nothing of any person. Thread-safe.
 */
final class AnswerTimes implements HandlerInterceptor {

  /** Upper bounds of the intervals in milliseconds; a last interval has none. */
  private static final long[] BOUNDS = {
    1, 2, 5, 10, 20, 50, 100, 200, 350, 500, 750, 1000, 2000, 5000, 10_000
  };

  private static final String BEGIN = AnswerTimes.class.getName() + ".begin";

  private final Map<String, AtomicLongArray> counts = new ConcurrentHashMap<>();

  /**
   * The times of one endpoint.
   *
   * @param endpoint its path, below the base path
   * @param count how many answers there were
   * @param medianMillis half of the answers took at most this; the bound of an interval
   * @param p95Millis 95 of 100 took at most this; the bound of an interval
   * @param intervals how many took how long
   */
  record Times(
      String endpoint, long count, long medianMillis, long p95Millis, List<Interval> intervals) {}

  /**
   * An interval.
   *
   * @param upToMillis its bound; 0 if it has none
   * @param count how many answers
   */
  record Interval(long upToMillis, long count) {}

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    request.setAttribute(BEGIN, System.nanoTime());
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception fault) {
    if (handler instanceof HandlerMethod
        && request.getAttribute(BEGIN) instanceof Long begin
        && request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
            instanceof String pattern) {
      record(request.getMethod() + " " + pattern, (System.nanoTime() - begin) / 1_000_000);
    }
  }

  /** Patterns of the application's own code only, so there are few. */
  void record(String endpoint, long millis) {
    AtomicLongArray of =
        counts.computeIfAbsent(endpoint, none -> new AtomicLongArray(BOUNDS.length + 1));
    int interval = 0;
    while (interval < BOUNDS.length && millis > BOUNDS[interval]) {
      interval++;
    }
    of.incrementAndGet(interval);
  }

  List<Times> times() {
    List<Times> all = new ArrayList<>();
    new TreeMap<>(counts).forEach((endpoint, of) -> all.add(times(endpoint, of)));
    return all;
  }

  private static Times times(String endpoint, AtomicLongArray of) {
    List<Interval> intervals = new ArrayList<>();
    long count = 0;
    for (int i = 0; i < of.length(); i++) {
      intervals.add(new Interval(i < BOUNDS.length ? BOUNDS[i] : 0, of.get(i)));
      count += intervals.get(i).count();
    }
    return new Times(
        endpoint, count, rank(intervals, count, 0.5), rank(intervals, count, 0.95), intervals);
  }

  private static long rank(List<Interval> intervals, long count, double share) {
    long needed = (long) Math.ceil(share * count);
    long seen = 0;
    for (Interval interval : intervals) {
      seen += interval.count();
      if (seen >= needed) {
        return interval.upToMillis() == 0 ? 2 * BOUNDS[BOUNDS.length - 1] : interval.upToMillis();
      }
    }
    return 0;
  }
}
