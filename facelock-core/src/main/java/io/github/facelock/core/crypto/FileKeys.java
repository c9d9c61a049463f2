package io.github.facelock.core.crypto;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.KeyProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;

/**
 * Keys from a file, or from a folder with a file for each key. Immutable; read once.
 *
 * <p><strong>A file</strong> holds lines {@code id:key}, the current key first; lines that begin
 * with {@code #} are comments. <strong>A folder</strong> holds a file {@code ID.key} for each key,
 * and a file {@code current} that names one where there are several. A key is 32 bytes as 64
 * hexadecimal digits or as Base64.
 *
 * <p>Where the file system knows POSIX permissions, files and folders that a group or others may
 * read or write are refused, and so are symbolic links in the folder that lead out of it.
 */
public final class FileKeys implements KeyProvider {

  private static final String SUFFIX = ".key";
  private static final String CURRENT = "current";
  private static final long MOST_BYTES = 64 << 10;
  private static final int MOST_KEYS = 1000;

  private static final Set<PosixFilePermission> FORBIDDEN =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final FixedKeys keys;

  private FileKeys(Path path, FixedKeys keys) {
    this.path = path;
    this.keys = keys;
  }

  /**
   * Reads keys.
   *
   * @param path a file or a folder
   * @return the keys
   * @throws FaceLockException.Key if there are none, or others may read them; the message has the
   *     cure
   */
  public static FileKeys at(Path path) {
    try {
      if (!Files.exists(path)) {
        throw new FaceLockException.Key(
            "There is no key file "
                + path
                + ". Make one with FileKeys.create, or give the path of the one that belongs to the"
                + " data: a new key cannot read what was stored under another");
      }
      requirePrivate(path);
      return new FileKeys(path, Files.isDirectory(path) ? ofFolder(path) : ofFile(path));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Makes a first key in a new file, readable by its owner only. The file is there completely or
   * not at all; one that exists is never overwritten.
   *
   * @param file the file
   * @param keyId 1 to 32 letters, digits, dots, underscores and hyphens
   * @param random draws the key
   * @return the key
   * @throws FaceLockException.Key if the file exists or cannot be written
   */
  public static FileKeys create(Path file, String keyId, SecureRandom random) {
    KeyText.requireId(keyId, "FileKeys.create");
    byte[] key = new byte[32];
    random.nextBytes(key);
    byte[] line =
        (keyId + ":" + Base64.getEncoder().encodeToString(key) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(key, (byte) 0);
    byte[] part = new byte[8];
    random.nextBytes(part);
    Path whole = file.toAbsolutePath();
    Path draft =
        whole.resolveSibling(
            "."
                + whole.getFileName()
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(part));
    try {
      writePrivate(draft, line);
      try {
        // Unlike a rename, a link never replaces what is there.
        Files.createLink(whole, draft);
      } catch (UnsupportedOperationException e) {
        moveUnlessThere(draft, whole);
      } finally {
        Files.deleteIfExists(draft);
      }
      return at(file);
    } catch (FileAlreadyExistsException e) {
      throw new FaceLockException.Key(
          "The key file "
              + file
              + " exists and is not overwritten: what was stored under its keys would be lost. Use"
              + " FileKeys.at to read it",
          e);
    } catch (IOException e) {
      throw new FaceLockException.Key(
          "The key file " + file + " cannot be written: check its folder's permissions and space",
          e);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  private static void moveUnlessThere(Path draft, Path whole) throws IOException {
    if (Files.exists(whole)) {
      throw new FileAlreadyExistsException(whole.toString());
    }
    try {
      Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(draft, whole);
    }
  }

  private static void writePrivate(Path draft, byte[] line) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileAttribute<?>[] owner =
        isPosix(Optional.ofNullable(draft.getParent()).orElse(draft))
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (FileChannel out = FileChannel.open(draft, options, owner)) {
      ByteBuffer rest = ByteBuffer.wrap(line);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  private static FixedKeys ofFile(Path file) throws IOException {
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String where = "Line " + number + " of the key file " + file;
      int colon = text.indexOf(':');
      if (colon < 1) {
        throw new FaceLockException.Key(where + " is not of the form id:key");
      }
      String id = KeyText.requireId(text.substring(0, colon).strip(), where);
      if (keys.put(id, KeyText.parse(text.substring(colon + 1), where)) != null) {
        throw new FaceLockException.Key(where + " repeats the id " + id);
      }
    }
    if (keys.isEmpty()) {
      throw new FaceLockException.Key(
          "The key file "
              + file
              + " holds no key: write a line id:key, for example with "
              + KeyText.CURE);
    }
    return new FixedKeys(keys.keySet().iterator().next(), keys);
  }

  private static FixedKeys ofFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(each -> each.getFileName().toString().endsWith(SUFFIX))
              .limit(MOST_KEYS)
              .sorted()
              .collect(Collectors.toList());
    }
    Path inside = folder.toRealPath();
    Map<String, SecretKey> keys = new LinkedHashMap<>();
    for (Path file : files) {
      requireInside(file, inside);
      requirePrivate(file);
      String name = file.getFileName().toString();
      String id =
          KeyText.requireId(
              name.substring(0, name.length() - SUFFIX.length()), "The key file " + file);
      keys.put(id, KeyText.parse(String.join("\n", lines(file)), "The key file " + file));
    }
    if (keys.isEmpty()) {
      throw new FaceLockException.Key(
          "The key folder "
              + folder
              + " holds no file ID"
              + SUFFIX
              + ": make one with "
              + KeyText.CURE);
    }
    Path named = folder.resolve(CURRENT);
    if (Files.exists(named)) {
      requireInside(named, inside);
      requirePrivate(named);
      String current = String.join("", lines(named)).strip();
      return new FixedKeys(KeyText.requireId(current, "The file " + named), keys);
    }
    if (keys.size() > 1) {
      throw new FaceLockException.Key(
          "The key folder "
              + folder
              + " holds several keys, "
              + keys.keySet()
              + ": write the id of the one for new data into the file "
              + named);
    }
    return new FixedKeys(keys.keySet().iterator().next(), keys);
  }

  private static void requireInside(Path file, Path folder) throws IOException {
    // Mounted secrets are links within their folder; a link that leads elsewhere is none of ours.
    if (!file.toRealPath().startsWith(folder)) {
      throw new FaceLockException.Key(
          "The key file " + file + " leads out of its folder; put the key itself there");
    }
  }

  private static List<String> lines(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new FaceLockException.Key(
          "The key file " + file + " is larger than 64 KiB: it is no key file");
    }
    return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
  }

  private static void requirePrivate(Path path) throws IOException {
    if (!isPosix(path)) {
      return; // The file system's own access control, which we cannot judge, is all there is.
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (permissions.stream().anyMatch(FORBIDDEN::contains)) {
      throw new FaceLockException.Key(
          "Others than its owner may read or write "
              + path
              + " ("
              + PosixFilePermissions.toString(permissions)
              + "). Run: chmod "
              + (Files.isDirectory(path) ? "700 " : "600 ")
              + path);
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  private static FaceLockException.Key unreadable(Path path, IOException e) {
    String cause =
        e instanceof NoSuchFileException ? " is not there" : " cannot be read by this process";
    return new FaceLockException.Key(
        "The key file or folder " + path + cause + ": check its path, owner and permissions", e);
  }

  @Override
  public String currentKeyId() {
    return keys.currentKeyId();
  }

  @Override
  public Optional<SecretKey> key(String id) {
    return keys.key(id);
  }

  @Override
  public String toString() {
    return "FileKeys[" + path + ", " + keys + "]";
  }
}
