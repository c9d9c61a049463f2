package io.github.facelock.core.password;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The lists in the jar, and rules for what no list needs to name. */
final class BundledSecrets implements CommonSecrets {

  static final CommonSecrets INSTANCE = new BundledSecrets();

  /** How many digits and signs around a common word leave it common. */
  private static final int MAX_DECORATION = 4;

  private final Set<String> passwords = read("common-passwords.txt");
  private final Set<String> pins = read("common-pins.txt");

  private BundledSecrets() {}

  @Override
  public boolean contains(FactorType factor, Secret secret) {
    // A String cannot be wiped; this one lives as long as the call, and only when a secret is set.
    String text = new String(secret.reveal()).toLowerCase(Locale.ROOT);
    if (isRun(text) || isRepetition(text)) {
      return true;
    }
    return factor.equals(FactorType.PIN)
        ? pins.contains(text) || passwords.contains(text) || isYear(text)
        : passwords.contains(text) || isDecorated(text);
  }

  /** A step of one and the same size, up or down, around the end of the digits: 7890, abcdefgh. */
  private static boolean isRun(String text) {
    return isRun(text, 1) || isRun(text, -1);
  }

  private static boolean isRun(String text, int step) {
    for (int i = 1; i < text.length(); i++) {
      char before = text.charAt(i - 1);
      char now = text.charAt(i);
      boolean digits = isDigit(before) && isDigit(now);
      boolean follows = digits ? Math.floorMod(now - before - step, 10) == 0 : now - before == step;
      if (!follows) {
        return false;
      }
    }
    return true;
  }

  /** One part of at most half the length, again and again (0000, 1212, 123123), or pairs (1122). */
  private static boolean isRepetition(String text) {
    for (int part = 1; part <= text.length() / 2; part++) {
      if (repeats(text, part)) {
        return true;
      }
    }
    return text.length() % 2 == 0 && isRun(halved(text)) && isDoubled(text);
  }

  private static boolean repeats(String text, int part) {
    return text.length() % part == 0
        && text.substring(part).equals(text.substring(0, text.length() - part));
  }

  private static boolean isDoubled(String text) {
    for (int i = 0; i < text.length(); i += 2) {
      if (text.charAt(i) != text.charAt(i + 1)) {
        return false;
      }
    }
    return true;
  }

  private static String halved(String text) {
    StringBuilder half = new StringBuilder();
    for (int i = 0; i < text.length(); i += 2) {
      half.append(text.charAt(i));
    }
    return half.toString();
  }

  /** A year in which somebody was born or married. */
  private static boolean isYear(String text) {
    return text.length() == 4 && (text.startsWith("19") || text.startsWith("20"));
  }

  private boolean isDecorated(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && !Character.isLetter(text.charAt(from))) {
      from++;
    }
    while (to > from && !Character.isLetter(text.charAt(to - 1))) {
      to--;
    }
    return text.length() - (to - from) <= MAX_DECORATION
        && passwords.contains(text.substring(from, to));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Set<String> read(String name) {
    try (InputStream in = BundledSecrets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FaceLockException(
            "The list " + name + " is missing from the jar: repackage with all resources");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new FaceLockException(
          "The list " + name + " cannot be read from the jar: check the jar", e);
    }
  }
}
