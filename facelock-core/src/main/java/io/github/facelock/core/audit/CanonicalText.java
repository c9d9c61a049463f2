package io.github.facelock.core.audit;

import io.github.facelock.spi.AuditEvent;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** Events in a form that every store gives back exactly as it got it. */
final class CanonicalText {

  private static final int MOST = 128;
  private static final char REPLACEMENT = '\uFFFD';

  private CanonicalText() {}

  /** Whole microseconds, no unpaired surrogates, bounded lengths where a column is bounded. */
  static AuditEvent of(AuditEvent event) {
    Map<String, String> details = new TreeMap<>();
    // Two names that differ in what is replaced become one; neither fact is dropped.
    event
        .details()
        .forEach((name, text) -> details.merge(paired(name), paired(text), "%s; %s"::formatted));
    return new AuditEvent(
        event.at().truncatedTo(ChronoUnit.MICROS),
        event.type(),
        bounded(paired(event.transaction())),
        event.subject(),
        event.factor(),
        bounded(paired(event.source())),
        details);
  }

  /** What a column of a database keeps: no character zero, no more than it is wide. */
  private static String bounded(String whole) {
    String text = whole.replace('\0', REPLACEMENT);
    if (text.length() <= MOST) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MOST - 1));
    return text.substring(0, splits ? MOST - 1 : MOST);
  }

  /** Half a pair has no UTF-8 form: what a database makes of it differs from one to the next. */
  private static String paired(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c ->
                out.appendCodePoint(Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c));
    return out.toString();
  }
}
