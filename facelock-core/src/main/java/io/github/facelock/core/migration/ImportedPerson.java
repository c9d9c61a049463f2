package io.github.facelock.core.migration;

import io.github.facelock.api.Secret;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One person of another system, as far as it could be read. Pictures are read when their turn
 * comes, one at a time.
 */
public final class ImportedPerson {

  private final String place;
  private final String name;
  private final Optional<Secret> email;
  private final Optional<Secret> passwordHash;
  private final List<ImportedPicture> pictures;
  private final Optional<Unusable> fault;

  ImportedPerson(
      String place,
      String name,
      Optional<Secret> email,
      Optional<Secret> passwordHash,
      List<ImportedPicture> pictures) {
    this.place = Objects.requireNonNull(place, "place");
    this.name = Objects.requireNonNull(name, "name");
    this.email = email;
    this.passwordHash = passwordHash;
    this.pictures = List.copyOf(pictures);
    this.fault = Optional.empty();
  }

  private ImportedPerson(String place, Unusable fault) {
    this.place = place;
    this.name = "";
    this.email = Optional.empty();
    this.passwordHash = Optional.empty();
    this.pictures = List.of();
    this.fault = Optional.of(fault);
  }

  /** A place where somebody was expected, and that cannot be read. */
  static ImportedPerson unreadable(String place, Unusable fault) {
    return new ImportedPerson(place, fault);
  }

  /** For people: {@code line 7}, {@code folder ann}. */
  String place() {
    return place;
  }

  String name() {
    return name;
  }

  Optional<Secret> email() {
    return email;
  }

  Optional<Secret> passwordHash() {
    return passwordHash;
  }

  List<ImportedPicture> pictures() {
    return pictures;
  }

  Optional<Unusable> fault() {
    return fault;
  }

  @Override
  public String toString() {
    return "ImportedPerson[" + place + ", redacted]";
  }
}
