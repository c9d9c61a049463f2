package io.github.facelock.spring.web.admin;

import io.github.facelock.api.SubjectId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A subject's name as one segment of a path. Plain names stand as they are. Others, with slashes,
 * percent signs or semicolons for example, which servers and firewalls refuse in paths, are written
 * as {@code ~} and the Base64url form of their UTF-8 bytes.
 */
final class SubjectRef {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*");
  private static final int LONGEST = 4 * SubjectId.MAX_LENGTH + 2;

  private SubjectRef() {}

  static String of(SubjectId subject) {
    String name = subject.value();
    return PLAIN.matcher(name).matches()
        ? name
        : "~"
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  /** The subject that a path names. */
  static SubjectId parse(String segment) {
    try {
      if (!segment.startsWith("~")) {
        return SubjectId.of(segment);
      }
      if (segment.length() > LONGEST) {
        throw Desk.notFound();
      }
      byte[] name = Base64.getUrlDecoder().decode(segment.substring(1));
      return SubjectId.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString());
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // No subject has such a name.
      throw Desk.notFound();
    }
  }
}
