package io.github.facelock.core.password;

import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The subject's own name as a secret: the first thing that anyone tries. Of a mail address, the
 * part before the at sign counts too.
 *
 * @param spellings in lower case, forwards and backwards
 */
record OwnName(List<String> spellings) {

  /** How many further characters leave a name the name. */
  private static final int MAX_DECORATION = 3;

  OwnName {
    spellings = List.copyOf(spellings);
  }

  static OwnName of(SubjectId subject) {
    String whole =
        Normalizer.normalize(subject.value(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    int at = whole.indexOf('@');
    String local = at > 0 ? whole.substring(0, at) : whole;
    return new OwnName(
        Stream.of(whole, local)
            .flatMap(name -> Stream.of(name, new StringBuilder(name).reverse().toString()))
            .distinct()
            .toList());
  }

  /** A PIN is short, so that much of it may well be in a number; only the whole number counts. */
  boolean isIn(Secret secret, SecretRule rule) {
    String text = new String(secret.reveal()).toLowerCase(Locale.ROOT);
    int decoration = rule.digitsOnly() ? 0 : MAX_DECORATION;
    return spellings.stream()
        .anyMatch(name -> text.contains(name) && text.length() - name.length() <= decoration);
  }
}
