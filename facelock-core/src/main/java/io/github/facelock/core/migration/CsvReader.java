package io.github.facelock.core.migration;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Comma-separated values (RFC 4180): quotes, line breaks within quotes, CRLF or LF. A record beyond
 * the limit is skipped to the end of its line, and the next one is read.
 */
final class CsvReader {

  private static final int MOST_CHARACTERS = 24 << 20;
  private static final int MOST_FIELDS = 200;
  private static final int NONE = -1;

  private final Reader in;
  private long line = 1;
  private int pushed = NONE;

  CsvReader(Reader in) {
    this.in = in;
  }

  /** The line at which the record begins, from 1, and its fields; none if it cannot be read. */
  record Line(long number, Optional<List<String>> fields, String fault) {}

  /** The next record; empty at the end. Blank lines are left out. */
  Optional<Line> next() throws IOException {
    int c = read();
    while (c == '\n' || c == '\r' || c == '\uFEFF') {
      c = read();
    }
    if (c == NONE) {
      return Optional.empty();
    }
    pushed = c;
    return Optional.of(record());
  }

  private Line record() throws IOException {
    long first = line;
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    long characters = 0;
    while (true) {
      int c = read();
      if (++characters > MOST_CHARACTERS || fields.size() > MOST_FIELDS) {
        skipLine(c);
        return new Line(first, Optional.empty(), "a line that is too long");
      }
      if (quoted) {
        if (c == NONE) {
          return new Line(first, Optional.empty(), "a quotation mark that is not closed");
        }
        if (c != '"') {
          field.append((char) c);
        } else if (peek() == '"') {
          field.append((char) read());
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.length() == 0) {
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\n' || c == NONE) {
        fields.add(field.toString());
        return new Line(first, Optional.of(List.copyOf(fields)), "");
      } else if (c != '\r') {
        field.append((char) c);
      }
    }
  }

  private void skipLine(int last) throws IOException {
    int c = last;
    while (c != '\n' && c != NONE) {
      c = read();
    }
  }

  private int peek() throws IOException {
    if (pushed == NONE) {
      pushed = in.read();
    }
    return pushed;
  }

  private int read() throws IOException {
    int c = pushed == NONE ? in.read() : pushed;
    pushed = NONE;
    if (c == '\n') {
      line++;
    }
    return c;
  }
}
