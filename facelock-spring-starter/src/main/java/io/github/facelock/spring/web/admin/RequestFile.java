package io.github.facelock.spring.web.admin;

import io.github.facelock.spring.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.http.HttpStatus;

/**
 * A request whose body is a file, as it is: no form around it, so nothing must be parsed before the
 * bound is known to hold.
 */
final class RequestFile {

  private RequestFile() {}

  /** Reads a small file. */
  static byte[] read(HttpServletRequest request, int most) throws IOException {
    requireDeclared(request, most);
    try (InputStream in = request.getInputStream()) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw tooLarge(most);
      }
      if (bytes.length == 0) {
        throw Desk.malformed("body");
      }
      return bytes;
    }
  }

  /** Writes the body to a new file, and tells its SHA-256. */
  static String save(HttpServletRequest request, Path file, long most) throws IOException {
    requireDeclared(request, most);
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    try (InputStream in = request.getInputStream();
        OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        length += read;
        if (length > most) {
          throw tooLarge(most);
        }
        out.write(buffer, 0, read);
      }
    }
    if (length == 0) {
      throw Desk.malformed("body");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void requireDeclared(HttpServletRequest request, long most) {
    if (request.getContentLengthLong() > most) {
      throw tooLarge(most);
    }
  }

  private static ProblemException tooLarge(long most) {
    return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, "too-large").with("most", most);
  }
}
