package io.github.facelock.core.password;

/** Secrets that a list need not hold: they follow a rule that a person can say. */
final class Monotony {

  private Monotony() {}

  /**
   * Tells whether the text repeats a part of one or two characters (0000, 1212), or counts up or
   * down (1234, 9876, abcdefgh; 7890 wraps).
   */
  static boolean of(String text) {
    return repeats(text, 1) || repeats(text, 2) || counts(text, 1) || counts(text, -1);
  }

  private static boolean repeats(String text, int part) {
    for (int i = part; i < text.length(); i++) {
      if (text.charAt(i) != text.charAt(i - part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean counts(String text, int by) {
    for (int i = 1; i < text.length(); i++) {
      char from = text.charAt(i - 1);
      char to = text.charAt(i);
      boolean wraps = by > 0 ? from == '9' && to == '0' : from == '0' && to == '9';
      if (to - from != by && !wraps) {
        return false;
      }
    }
    return true;
  }
}
