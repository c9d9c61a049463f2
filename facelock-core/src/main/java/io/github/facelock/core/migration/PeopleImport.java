package io.github.facelock.core.migration;

import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.face.Capture;
import io.github.facelock.core.migration.ImportLine.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Enrols people of another system, one after the other, in bounded memory. A person that cannot be
 * taken is reported and stops no other one. A run that ended early, by a crash or a store that was
 * away, is continued by running again with the same journal.
 *
 * <p>Photographs have no liveness, and none is judged: whoever brings them together has seen that
 * they are the people's own.
 *
 * <p>A person is imported if something is left to log in with: a password hash, a mail address, or
 * a photograph that passes the same quality rules as any enrolment. Somebody of whom photographs
 * were given and none was good enough is refused, and nothing of them is kept.
 */
public final class PeopleImport {

  /** A person has this many references from an import at most. */
  private static final int MOST_REFERENCES = 5;

  private final Enrolment enrolment;
  private final Consent consent;

  /**
   * Prepares an import.
   *
   * @param enrolment where people become known
   * @param consent the document by which they agreed that their faces are processed; who did not
   *     must not be in the source
   */
  public PeopleImport(Enrolment enrolment, Consent consent) {
    this.enrolment = Objects.requireNonNull(enrolment, "enrolment");
    this.consent = Objects.requireNonNull(consent, "consent");
  }

  /**
   * Imports everybody who was not imported yet.
   *
   * @param source the people
   * @param journal a file that remembers who was imported; made if it is not there, and to be kept
   *     until the import is complete
   * @param each takes what became of each person, at once
   * @return how many became what
   * @throws java.io.UncheckedIOException if the source or the journal cannot be read or written
   * @throws io.github.facelock.api.FaceLockException if a store fails; run again to go on
   */
  public ImportReport run(PeopleSource source, Path journal, Consumer<? super ImportLine> each) {
    Map<Result, Long> counts = new EnumMap<>(Result.class);
    try (ImportJournal done = new ImportJournal(journal)) {
      source.forEach(
          person -> {
            ImportLine line = take(person, done);
            counts.merge(line.result(), 1L, Long::sum);
            each.accept(line);
          });
    }
    return new ImportReport(
        counts.getOrDefault(Result.IMPORTED, 0L),
        counts.getOrDefault(Result.SKIPPED, 0L),
        counts.getOrDefault(Result.REFUSED, 0L));
  }

  private ImportLine take(ImportedPerson person, ImportJournal journal) {
    if (person.fault().isPresent()) {
      return refused(person, List.of(reason(person.fault().get())));
    }
    SubjectId subject;
    try {
      subject = SubjectId.of(person.name().strip());
    } catch (IllegalArgumentException e) {
      return refused(
          person, List.of("a name that is empty, too long, or holds control characters"));
    }
    if (journal.isDone(subject)) {
      return new ImportLine(person.place(), Result.SKIPPED, List.of("imported earlier"));
    }
    boolean again = journal.isBegun(subject);
    if (!again) {
      // A crash between the two lines leaves a name that is registered and begun: ours to go on.
      if (!enrolment.enrolledFactors(subject).isEmpty()) {
        return new ImportLine(person.place(), Result.SKIPPED, List.of("the name is taken"));
      }
      journal.begin(subject);
    }
    if (!enrolment.register(subject) && !again) {
      journal.undone(subject);
      return new ImportLine(person.place(), Result.SKIPPED, List.of("the name is taken"));
    }
    List<String> remarks = new ArrayList<>();
    boolean usable = enrol(subject, person, remarks);
    if (!usable) {
      enrolment.erase(subject);
      journal.undone(subject);
      return refused(person, remarks);
    }
    journal.done(subject);
    return new ImportLine(person.place(), Result.IMPORTED, remarks);
  }

  private boolean enrol(SubjectId subject, ImportedPerson person, List<String> remarks) {
    boolean something = false;
    if (person.email().isPresent()) {
      something |=
          tryTo(
              () -> enrolment.setEmail(subject, person.email().get()),
              "a mail address that is none",
              remarks);
    }
    if (person.passwordHash().isPresent()) {
      something |=
          tryTo(
              () -> enrolment.importPasswordHash(subject, person.passwordHash().get()),
              "a password that is no hash of a known kind; the person needs a new password",
              remarks);
    }
    int references = 0;
    for (ImportedPicture picture : person.pictures()) {
      if (references < MOST_REFERENCES && enrol(subject, picture, remarks)) {
        references++;
      }
    }
    if (!person.pictures().isEmpty()) {
      return references > 0;
    }
    if (!something) {
      remarks.add("nothing to log in with: no photograph, no password hash, no mail address");
    }
    return something;
  }

  private static boolean tryTo(Runnable act, String otherwise, List<String> remarks) {
    try {
      act.run();
      return true;
    } catch (IllegalArgumentException e) {
      remarks.add(otherwise);
      return false;
    }
  }

  private boolean enrol(SubjectId subject, ImportedPicture picture, List<String> remarks) {
    FaceEnrolment result;
    try {
      result = enrolment.enrolFaceFromUpload(subject, Capture.ofImage(picture.read()), consent);
    } catch (Unusable e) {
      remarks.add(reason(e));
      return false;
    } catch (IllegalArgumentException e) {
      remarks.add("a picture that is none");
      return false;
    }
    if (result instanceof FaceEnrolment.Enrolled) {
      return true;
    }
    remarks.add(
        "a photograph that was not taken: "
            + (result instanceof FaceEnrolment.NotAcquired unclear
                ? unclear.guidance().code()
                : ((FaceEnrolment.Refused) result)
                    .reason()
                    .name()
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-')));
    return false;
  }

  private static String reason(Unusable fault) {
    return Objects.requireNonNullElse(fault.getMessage(), "unreadable");
  }

  private static ImportLine refused(ImportedPerson person, List<String> remarks) {
    return new ImportLine(person.place(), Result.REFUSED, remarks);
  }
}
