package io.github.facelock.spring.web.admin;

import io.github.facelock.core.migration.PeopleSource;
import io.github.facelock.core.migration.PhotographFolder;
import io.github.facelock.core.migration.UsersTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An archive that a client sent, unpacked into a folder of its own. What its directory says of
 * sizes is not believed: bytes are counted as they come. Nothing is written outside the folder, no
 * link is made, and archives within are left packed.
 */
final class Archive {

  private static final int MOST_ENTRIES = 200_000;
  private static final int DEEPEST = 6;
  private static final int LONGEST_NAME = 512;
  private static final long LARGEST_ENTRY = 64L << 20;

  private Archive() {}

  /** Why an archive is not taken. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    Unusable(String code) {
      super(code);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /**
   * Unpacks. A table {@code *.csv} at the top names people and their photographs; without one,
   * there is a folder of photographs for each person.
   */
  static PeopleSource unpack(Path archive, Path folder, long most) throws IOException {
    Files.createDirectory(folder);
    try (ZipFile zip = new ZipFile(archive.toFile(), StandardCharsets.UTF_8)) {
      if (zip.size() > MOST_ENTRIES) {
        throw new Unusable("too-many-entries");
      }
      long left = most;
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && !isClutter(entry.getName())) {
          left -= write(zip, entry, place(folder, entry.getName()), left);
        }
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new Unusable("unreadable-archive");
    }
    return source(top(folder));
  }

  private static boolean isClutter(String name) {
    return name.startsWith("__MACOSX/")
        || Stream.of(name.split("/")).anyMatch(part -> part.startsWith(".") && !part.equals(".."));
  }

  private static Path place(Path folder, String name) throws Unusable {
    if (name.length() > LONGEST_NAME
        || name.startsWith("/")
        || name.indexOf('\\') >= 0
        || name.indexOf(':') >= 0
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new Unusable("unsafe-name");
    }
    Path place;
    try {
      place = folder.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new Unusable("unsafe-name");
    }
    if (!place.startsWith(folder) || folder.relativize(place).getNameCount() > DEEPEST) {
      throw new Unusable("unsafe-name");
    }
    return place;
  }

  private static long write(ZipFile zip, ZipEntry entry, Path place, long left) throws IOException {
    Path parent = place.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    byte[] buffer = new byte[1 << 16];
    long length = 0;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = newFile(place)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        length += read;
        if (length > left) {
          throw new Unusable("too-large-unpacked");
        }
        if (length > LARGEST_ENTRY) {
          throw new Unusable("too-large-entry");
        }
        out.write(buffer, 0, read);
      }
    }
    return length;
  }

  private static OutputStream newFile(Path place) throws IOException {
    try {
      return Files.newOutputStream(place, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      // Two entries of one name: which of them a reader sees must not be a matter of luck.
      throw new Unusable("double-name");
    }
  }

  /** Many archives have all they hold in one folder. */
  private static Path top(Path folder) throws IOException {
    List<Path> all = children(folder);
    if (all.size() == 1 && Files.isDirectory(all.get(0))) {
      List<Path> below = children(all.get(0));
      boolean people = below.stream().allMatch(Files::isDirectory);
      boolean table = below.stream().anyMatch(Archive::isTable);
      if (!below.isEmpty() && (people || table)) {
        return all.get(0);
      }
    }
    return folder;
  }

  private static PeopleSource source(Path top) throws IOException {
    List<Path> tables = children(top).stream().filter(Archive::isTable).toList();
    if (tables.size() > 1) {
      throw new Unusable("several-tables");
    }
    return tables.isEmpty() ? PhotographFolder.at(top) : UsersTable.at(tables.get(0), top);
  }

  private static boolean isTable(Path file) {
    return Files.isRegularFile(file)
        && String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
