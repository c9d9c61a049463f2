package io.github.facelock.core.migration;

import io.github.facelock.api.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A table of users as comma-separated values (RFC 4180, UTF-8) with a heading. Columns are known by
 * name, in any order and letter case: {@code username} (or {@code name}, {@code user}), {@code
 * email}, {@code password_hash} (or {@code password}, which must hold hashes), {@code image} (or
 * {@code photo}, {@code picture}): a path below the folder of pictures, or the file in Base64. The
 * first one is needed; other columns are left alone, but for encodings of other models, which are
 * refused.
 */
public final class UsersTable implements PeopleSource {

  private static final Map<String, Column> COLUMNS =
      Map.ofEntries(
          Map.entry("username", Column.NAME),
          Map.entry("name", Column.NAME),
          Map.entry("user", Column.NAME),
          Map.entry("email", Column.EMAIL),
          Map.entry("mail", Column.EMAIL),
          Map.entry("password_hash", Column.PASSWORD),
          Map.entry("password", Column.PASSWORD),
          Map.entry("image", Column.PICTURE),
          Map.entry("image_path", Column.PICTURE),
          Map.entry("photo", Column.PICTURE),
          Map.entry("picture", Column.PICTURE));
  private static final Set<String> ENCODINGS =
      Set.of("encoding", "encodings", "face_encoding", "face_encodings", "embedding", "descriptor");

  private final Path table;
  private final Path pictures;

  private UsersTable(Path table, Path pictures) {
    this.table = table;
    this.pictures = pictures;
  }

  /**
   * Names the table; reads nothing yet.
   *
   * @param table the file
   * @param pictures the folder that paths in the table are relative to; nothing outside it is read
   * @return the source
   * @throws IllegalArgumentException if one of them is not there
   */
  public static UsersTable at(Path table, Path pictures) {
    if (!Files.isRegularFile(Objects.requireNonNull(table, "table"))
        || !Files.isDirectory(Objects.requireNonNull(pictures, "pictures"))) {
      throw new IllegalArgumentException(
          "There is no table " + table + ", or no folder of pictures " + pictures);
    }
    return new UsersTable(table, pictures);
  }

  @Override
  public void forEach(Consumer<? super ImportedPerson> each) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(Files.newInputStream(table), decoder))) {
      PictureFiles files = new PictureFiles(pictures);
      CsvReader reader = new CsvReader(in);
      List<String> heading =
          reader.next().flatMap(CsvReader.Line::fields).orElse(List.of()).stream()
              .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
              .toList();
      if (heading.stream().noneMatch(cell -> COLUMNS.get(cell) == Column.NAME)) {
        throw new IllegalArgumentException(
            "The table " + table + " needs a heading with a column username");
      }
      for (Optional<CsvReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
        each.accept(person(line.get(), heading, files));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The table " + table + " cannot be read to its end", e);
    }
  }

  private static ImportedPerson person(
      CsvReader.Line line, List<String> heading, PictureFiles files) {
    String place = "line " + line.number();
    if (line.fields().isEmpty()) {
      return ImportedPerson.unreadable(place, new Unusable(line.fault()));
    }
    List<String> cells = line.fields().get();
    if (cells.size() != heading.size()) {
      return ImportedPerson.unreadable(
          place,
          new Unusable(
              "a line of " + cells.size() + " fields where there should be " + heading.size()));
    }
    Map<Column, String> known = new TreeMap<>();
    List<ImportedPicture> pictures = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      Column column = COLUMNS.get(heading.get(i));
      if (cell.isBlank()) {
        continue;
      }
      if (ENCODINGS.contains(heading.get(i))) {
        pictures.add(
            () -> {
              throw new Unusable(Unusable.FOREIGN_ENCODING);
            });
      } else if (column == Column.PICTURE) {
        pictures.add(() -> files.ofCell(cell));
      } else if (column != null) {
        known.put(column, cell);
      }
    }
    if (known.values().stream().anyMatch(cell -> cell.length() > Secret.MAX_LENGTH)) {
      return ImportedPerson.unreadable(place, new Unusable("a field that is too long"));
    }
    if (known.getOrDefault(Column.NAME, "").indexOf('\uFFFD') >= 0) {
      return ImportedPerson.unreadable(place, new Unusable("a name that is not UTF-8"));
    }
    return new ImportedPerson(
        place,
        known.getOrDefault(Column.NAME, ""),
        Optional.ofNullable(known.get(Column.EMAIL)).map(cell -> Secret.of(cell.strip())),
        Optional.ofNullable(known.get(Column.PASSWORD)).map(cell -> Secret.of(cell.strip())),
        pictures);
  }

  private enum Column {
    NAME,
    EMAIL,
    PASSWORD,
    PICTURE
  }
}
