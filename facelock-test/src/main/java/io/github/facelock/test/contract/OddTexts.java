package io.github.facelock.test.contract;

import io.github.facelock.api.SubjectId;
import java.util.List;

/**
 * Texts that stores have mixed up: cases and accents that a database's collation folds, characters
 * beyond the basic plane, texts that mean something to SQL, shells and paths, and long ones. No two
 * are the same subject.
 */
final class OddTexts {

  private static final List<String> TEXTS =
      List.of(
          "a",
          "A",
          "\u00e4",
          "\u00e9",
          "e",
          "\u00c9",
          "ss",
          "\u00df",
          "i",
          "I",
          "\u0131",
          "\u0130",
          "\ufb01",
          "fi",
          "\uff21",
          "\u30cf",
          "\u30d1",
          "\u65e5\u672c\u8a9e",
          "\u0645\u062d\u0645\u062f",
          "\ud83d\ude00",
          "\ud83d\ude01",
          "x'; DROP TABLE subject; --",
          "a b",
          "a  b",
          "%",
          "_",
          "\\",
          "\"",
          "<script>alert(1)</script>",
          "../../etc/passwd",
          "null",
          "NULL",
          "0",
          "00",
          "1e1",
          "a:b",
          "a/b",
          "a|b",
          "x".repeat(SubjectId.MAX_LENGTH),
          "x".repeat(SubjectId.MAX_LENGTH - 1) + "y",
          "\u65e5".repeat(SubjectId.MAX_LENGTH),
          "\ud83d\ude00".repeat(SubjectId.MAX_LENGTH / 2));

  private OddTexts() {}

  static List<String> texts() {
    return TEXTS;
  }

  static List<SubjectId> subjectIds() {
    return TEXTS.stream().map(SubjectId::of).toList();
  }
}
