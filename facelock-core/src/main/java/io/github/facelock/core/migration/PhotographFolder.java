package io.github.facelock.core.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A folder with a folder of photographs for each person, whose name is the person's. The order of
 * people is the file system's; at most 20 photographs of each are looked at, in the order of their
 * names.
 */
public final class PhotographFolder implements PeopleSource {

  private static final int MOST_PICTURES = 20;
  private static final int MOST_FILES = 10_000;

  private final Path folder;

  private PhotographFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Names the folder; reads nothing yet.
   *
   * @param folder the folder of people
   * @return the source
   * @throws IllegalArgumentException if it is no folder
   */
  public static PhotographFolder at(Path folder) {
    if (!Files.isDirectory(Objects.requireNonNull(folder, "folder"))) {
      throw new IllegalArgumentException(
          "There is no folder " + folder + " with a folder of photographs for each person");
    }
    return new PhotographFolder(folder);
  }

  @Override
  public void forEach(Consumer<? super ImportedPerson> each) {
    try (DirectoryStream<Path> people = Files.newDirectoryStream(folder)) {
      PictureFiles files = new PictureFiles(folder);
      for (Path person : people) {
        if (!Files.isDirectory(person, LinkOption.NOFOLLOW_LINKS)) {
          each.accept(notAPerson(person));
        } else {
          each.accept(person(person, files));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " cannot be read to its end", e);
    }
  }

  private static ImportedPerson notAPerson(Path path) {
    String reason =
        PictureFiles.isEncoding(path)
            ? Unusable.FOREIGN_ENCODING
            : "no folder of photographs of one person";
    return ImportedPerson.unreadable(place(path), new Unusable(reason));
  }

  private static ImportedPerson person(Path person, PictureFiles files) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(person)) {
      for (Path file : all) {
        if (found.size() < MOST_FILES) {
          found.add(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return ImportedPerson.unreadable(place(person), new Unusable("a folder that cannot be read"));
    }
    List<ImportedPicture> pictures =
        found.stream()
            .sorted()
            .limit(MOST_PICTURES)
            .<ImportedPicture>map(file -> () -> files.ofFile(file))
            .toList();
    return new ImportedPerson(
        place(person),
        String.valueOf(person.getFileName()),
        Optional.empty(),
        Optional.empty(),
        pictures);
  }

  private static String place(Path path) {
    return "folder " + path.getFileName();
  }
}
