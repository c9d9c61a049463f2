import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Puts files of npm packages, each pinned by its SHA-256, into a folder. Run by the build as a
 * single source file, so it uses java.base only.
 *
 * <p>A file is looked for in the output folder, in a folder that the caller names, in a cache
 * outside the build folder, and only then in its package. Whatever its origin, its digest is
 * computed before it is used. A fault ends the program with status 1 and one sentence on standard
 * error.
 *
 * <p>Options: {@code --pins=FILE} {@code --out=DIR}; and, where an empty value counts as not given,
 * {@code --cache=DIR}, {@code --files=DIR} (files on disk, found by their last name), {@code
 * --timeout=SECONDS} (of one fetch).
 */
final class FetchPinnedPackages {

  /** A tar header's size field allows more; no pinned package comes near this. */
  private static final long MAX_UNPACKED_BYTES = 1L << 30;

  private static final int TAR_BLOCK = 512;

  /** One line of the pin list. */
  private record Pin(String packageVersion, String entry, String sha256, long bytes, Path target) {

    String name() {
      return entry.substring(entry.lastIndexOf('/') + 1);
    }
  }

  /** A fault whose message is the whole sentence that the person at the build reads. */
  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    Fault(String sentence) {
      super(sentence);
    }
  }

  private final Path out;
  private final Path cache;
  private final String files;
  private final long timeoutSeconds;

  private FetchPinnedPackages(Path out, Path cache, String files, long timeoutSeconds) {
    this.out = out;
    this.cache = cache;
    this.files = files;
    this.timeoutSeconds = timeoutSeconds;
  }

  public static void main(String[] args) {
    try {
      Map<String, String> options = options(args);
      String cache = options.getOrDefault("cache", "");
      new FetchPinnedPackages(
              Path.of(required(options, "out")).toAbsolutePath().normalize(),
              cache.isEmpty() ? defaultCache() : Path.of(cache).toAbsolutePath(),
              options.getOrDefault("files", ""),
              Long.parseLong(options.getOrDefault("timeout", "300")))
          .fetchAll(pins(Path.of(required(options, "pins"))));
    } catch (Fault e) {
      fail(e.getMessage());
    } catch (FileSystemException e) {
      fail(
          "The file "
              + e.getFile()
              + " cannot be read or written ("
              + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason())
              + "): free the place or its permissions, or move the cache with"
              + " -Dfacelock.cache.dir=DIR.");
    } catch (IOException e) {
      fail("Reading or writing failed (" + e.getMessage() + "): look at the disk and try again.");
    } catch (InvalidPathException | NumberFormatException e) {
      fail("An option is malformed (" + e.getMessage() + "): correct it on the command line.");
    } catch (InterruptedException e) {
      fail("The fetch was interrupted: run the build again.");
    }
  }

  private static void fail(String sentence) {
    System.err.println(sentence);
    System.exit(1);
  }

  private static Map<String, String> options(String[] args) throws Fault {
    Map<String, String> options = new LinkedHashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 0) {
        throw new Fault("The argument " + arg + " is unknown: use --name=value.");
      }
      options.put(arg.substring(2, equals), arg.substring(equals + 1));
    }
    return options;
  }

  private static String required(Map<String, String> options, String name) throws Fault {
    String value = options.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new Fault("The option --" + name + " is missing: give it on the command line.");
    }
    return value;
  }

  private static Path defaultCache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    // The XDG base directory specification: a relative path is invalid and must be ignored.
    Path base =
        xdg != null && Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("facelock");
  }

  private static List<Pin> pins(Path list) throws Fault, IOException {
    if (!Files.isRegularFile(list)) {
      throw new Fault("The pin list " + list + " is missing: restore it from the repository.");
    }
    List<Pin> pins = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] field = line.split("\t+");
      if (field.length != 5
          || !field[0].matches("(@[a-z0-9._-]+/)?[a-z0-9._-]+@[0-9][0-9A-Za-z.+-]*")
          || !field[2].matches("[0-9a-f]{64}")
          || !field[3].matches("[0-9]{1,10}")) {
        throw new Fault(
            "The pin list "
                + list
                + " has a malformed line ("
                + line
                + "): write package@version, entry, SHA-256, bytes and target, split by tabs.");
      }
      pins.add(new Pin(field[0], field[1], field[2], Long.parseLong(field[3]), Path.of(field[4])));
    }
    return pins;
  }

  private void fetchAll(List<Pin> pins) throws Fault, IOException, InterruptedException {
    Map<String, List<Pin>> missing = new LinkedHashMap<>();
    for (Pin pin : pins) {
      if (!isGood(target(pin), pin) && !takeFromFiles(pin) && !takeFromCache(pin)) {
        missing.computeIfAbsent(pin.packageVersion(), p -> new ArrayList<>()).add(pin);
      }
    }
    for (Map.Entry<String, List<Pin>> entry : missing.entrySet()) {
      fetch(entry.getKey(), entry.getValue());
      for (Pin pin : entry.getValue()) {
        if (!takeFromCache(pin)) {
          throw new Fault(
              "The cached file "
                  + cached(pin)
                  + " changed while it was used: do not share the cache with untrusted users.");
        }
      }
    }
  }

  private Path target(Pin pin) throws Fault {
    Path target = out.resolve(pin.target()).normalize();
    if (pin.target().isAbsolute() || !target.startsWith(out) || target.equals(out)) {
      throw new Fault(
          "The pin of "
              + pin.name()
              + " leaves the output folder: correct its target in the list.");
    }
    return target;
  }

  private Path cached(Pin pin) {
    return cache.resolve(pin.sha256());
  }

  private boolean takeFromFiles(Pin pin) throws Fault, IOException {
    if (files.isEmpty()) {
      return false;
    }
    Path file = Path.of(files).resolve(pin.name());
    if (!Files.isRegularFile(file)) {
      return false;
    }
    if (!isGood(file, pin)) {
      throw new Fault(wrongDigest(file.toString(), digest(file), pin));
    }
    copy(file, target(pin));
    return true;
  }

  private boolean takeFromCache(Pin pin) throws Fault, IOException {
    if (!isGood(cached(pin), pin)) {
      return false;
    }
    copy(cached(pin), target(pin));
    return true;
  }

  private static String wrongDigest(String what, String found, Pin pin) {
    return what
        + " has the SHA-256 "
        + found
        + " and not the pinned "
        + pin.sha256()
        + ", so it is not the file that was reviewed: do not use it, and take it from an unaltered "
        + pin.packageVersion()
        + ".";
  }

  private static boolean isGood(Path file, Pin pin) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == pin.bytes()
        && digest(file).equals(pin.sha256());
  }

  private static String digest(Path file) throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Copies through a temporary name, so that nobody ever sees half a file. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Path part = Files.createTempFile(to.getParent(), ".part", null);
    try {
      Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
      move(part, to);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void fetch(String packageVersion, List<Pin> pins)
      throws Fault, IOException, InterruptedException {
    Path work = Files.createTempDirectory("facelock-npm");
    try {
      System.out.println("Fetching " + packageVersion);
      npmPack(packageVersion, pins, work);
      Path tarball = null;
      try (DirectoryStream<Path> tarballs = Files.newDirectoryStream(work, "*.tgz")) {
        for (Path found : tarballs) {
          tarball = found;
        }
      }
      if (tarball == null) {
        throw new Fault(
            "npm pack "
                + packageVersion
                + " ended well but left no .tgz file: use npm 7 or newer"
                + elsewhere(pins));
      }
      unpack(tarball, packageVersion, pins);
    } finally {
      delete(work);
    }
  }

  private void npmPack(String packageVersion, List<Pin> pins, Path work)
      throws Fault, IOException, InterruptedException {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    Path errors = work.resolve("npm.stderr");
    Process npm;
    try {
      npm =
          new ProcessBuilder(
                  windows ? "npm.cmd" : "npm",
                  "pack",
                  packageVersion,
                  "--ignore-scripts",
                  "--no-update-notifier",
                  "--loglevel=error")
              .directory(work.toFile())
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(errors.toFile())
              .start();
    } catch (IOException e) {
      throw new Fault(
          names(pins)
              + " must be fetched from the npm package "
              + packageVersion
              + " once, and npm cannot be started: install Node.js with npm and put it on the PATH"
              + elsewhere(pins));
    }
    npm.getOutputStream().close();
    if (!npm.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly().waitFor();
      throw new Fault(
          "npm pack "
              + packageVersion
              + " gave no answer within "
              + timeoutSeconds
              + " seconds: check the network and the registry that npm is configured for"
              + elsewhere(pins));
    }
    if (npm.exitValue() != 0) {
      throw new Fault(
          "npm pack "
              + packageVersion
              + " failed ("
              + firstLine(errors)
              + "): check the network and the registry that npm is configured for"
              + elsewhere(pins));
    }
  }

  private static String names(List<Pin> pins) {
    return pins.get(0).name() + (pins.size() > 1 ? " and " + (pins.size() - 1) + " more" : "");
  }

  private static String elsewhere(List<Pin> pins) {
    return ", or put "
        + names(pins)
        + " into a folder and build with -Dfacelock.models.dir=FOLDER.";
  }

  private static String firstLine(Path text) throws IOException {
    String all = new String(Files.readAllBytes(text), StandardCharsets.UTF_8);
    String line = all.lines().filter(l -> !l.isBlank()).findFirst().orElse("without a word");
    return line.strip().substring(0, Math.min(200, line.strip().length()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  /**
   * Reads a tar archive (POSIX.1-1988 ustar, which npm writes) and keeps the pinned entries. Names
   * are only compared, never used as paths, so an entry cannot choose where it is written.
   */
  private void unpack(Path tarball, String packageVersion, List<Pin> pins)
      throws Fault, IOException {
    Map<String, Pin> wanted = new LinkedHashMap<>();
    pins.forEach(pin -> wanted.put(pin.entry(), pin));
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(tarball), 1 << 16))) {
      byte[] header = new byte[TAR_BLOCK];
      long unpacked = 0;
      while (!wanted.isEmpty() && in.readNBytes(header, 0, TAR_BLOCK) == TAR_BLOCK) {
        if (header[0] == 0) {
          break; // A block of zeros ends the archive.
        }
        long size = size(header);
        unpacked += TAR_BLOCK + size;
        if (size < 0 || unpacked > MAX_UNPACKED_BYTES) {
          throw new Fault(
              packageVersion + " unpacks to far more than expected: do not use this package.");
        }
        char type = (char) header[156];
        Pin pin = type == '0' || type == 0 ? wanted.remove(name(header)) : null;
        long padding = -size & (TAR_BLOCK - 1);
        if (pin == null) {
          in.skipNBytes(size + padding);
        } else {
          keep(in, size, pin);
          in.skipNBytes(padding);
        }
      }
    } catch (EOFException e) {
      throw new Fault(packageVersion + " came cut off: run the build again.");
    }
    if (!wanted.isEmpty()) {
      throw new Fault(
          packageVersion
              + " has no "
              + wanted.keySet().iterator().next()
              + ": correct the pin list, or take the package from an unaltered registry.");
    }
  }

  private static String name(byte[] header) {
    String prefix = text(header, 345, 155);
    String name = text(header, 0, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] header, int from, int most) {
    int end = from;
    while (end < from + most && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long size(byte[] header) {
    String octal = text(header, 124, 12).strip();
    return octal.matches("[0-7]{1,11}") ? Long.parseLong(octal, 8) : -1;
  }

  private void keep(InputStream in, long size, Pin pin) throws Fault, IOException {
    Files.createDirectories(cache);
    Path part = Files.createTempFile(cache, ".part", null);
    try {
      MessageDigest sha256 = sha256();
      try (OutputStream to = Files.newOutputStream(part)) {
        byte[] buffer = new byte[1 << 16];
        long left = size;
        while (left > 0) {
          int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (read < 0) {
            throw new EOFException();
          }
          sha256.update(buffer, 0, read);
          to.write(buffer, 0, read);
          left -= read;
        }
      }
      String found = HexFormat.of().formatHex(sha256.digest());
      if (size != pin.bytes() || !found.equals(pin.sha256())) {
        throw new Fault(
            wrongDigest(pin.entry() + " of the fetched " + pin.packageVersion(), found, pin));
      }
      move(part, cached(pin));
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
