package io.github.facelock.core.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Pictures below one folder, and pictures in texts; nothing outside the folder is opened. */
final class PictureFiles {

  static final int MOST_BYTES = 16 << 20;

  private static final Set<String> ENCODINGS =
      Set.of("npy", "npz", "pkl", "pickle", "dat", "csv", "json");
  private static final Pattern DATA = Pattern.compile("data:image/[a-z+.-]{1,20};base64,");
  private static final Pattern NUMBERS =
      Pattern.compile("[\\[(]?\\s*-?\\d+\\.\\d+(e-?\\d+)?([,\\s]+-?\\d+\\.\\d+(e-?\\d+)?){31,}.*");

  private final Path root;

  PictureFiles(Path root) throws IOException {
    this.root = root.toRealPath();
  }

  /** A cell of a table: a path below the folder, or the picture itself in Base64. */
  byte[] ofCell(String cell) throws Unusable {
    String text = cell.strip();
    // Encodings are long: only the start is looked at, so that the expression stays cheap.
    String start = text.substring(0, Math.min(text.length(), 2000)).toLowerCase(Locale.ROOT);
    if (NUMBERS.matcher(start.replace('\n', ' ')).matches()) {
      throw new Unusable(Unusable.FOREIGN_ENCODING);
    }
    var data =
        DATA.matcher(text.substring(0, Math.min(text.length(), 64)).toLowerCase(Locale.ROOT));
    if (data.lookingAt()) {
      return ofBase64(text.substring(data.end()));
    }
    if (text.startsWith("/9j/") || text.startsWith("iVBOR")) {
      return ofBase64(text); // How every JPEG and every PNG begins.
    }
    return ofPath(text);
  }

  private static byte[] ofBase64(String text) throws Unusable {
    if (text.length() / 4 * 3 > MOST_BYTES) {
      throw new Unusable("a picture of more than 16 MiB");
    }
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Unusable("a picture in Base64 that is cut or damaged");
    }
  }

  private byte[] ofPath(String text) throws Unusable {
    Path path;
    try {
      path = root.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new Unusable("a path to a picture that is none");
    }
    if (Path.of(text).isAbsolute() || !path.startsWith(root)) {
      throw new Unusable("a path that leads out of the folder of pictures");
    }
    return ofFile(path);
  }

  byte[] ofFile(Path path) throws Unusable {
    if (isEncoding(path)) {
      throw new Unusable(Unusable.FOREIGN_ENCODING);
    }
    try {
      if (!path.toRealPath().startsWith(root)) {
        throw new Unusable("a link that leads out of the folder of pictures");
      }
      if (!Files.isRegularFile(path)) {
        throw new Unusable("a picture that is no file");
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new Unusable("a picture of more than 16 MiB");
        }
        return bytes;
      }
    } catch (IOException e) {
      throw new Unusable(
          Files.exists(path, LinkOption.NOFOLLOW_LINKS)
              ? "a picture that cannot be read"
              : "a picture that is not there");
    }
  }

  static boolean isEncoding(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return ENCODINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
