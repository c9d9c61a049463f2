package io.github.facelock.core.audit;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.core.audit.AuditChain.Place;
import io.github.facelock.core.audit.AuditVerification.Broken;
import io.github.facelock.core.audit.AuditVerification.Intact;
import io.github.facelock.core.audit.AuditVerification.Reason;
import io.github.facelock.spi.store.AuditMark;
import io.github.facelock.spi.store.AuditRecord;
import io.github.facelock.spi.store.AuditStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Walks along a trail from its anchor to its head while others append and cut. Thread-safe. */
final class AuditVerifier {

  private static final int PAGE = 500;

  private final AuditStore store;
  private final AuditChain chain;

  AuditVerifier(AuditStore store, AuditChain chain) {
    this.store = store;
    this.chain = chain;
  }

  /**
   * Checks all that is there.
   *
   * @param known marks that are trusted: records of their numbers must have their links
   */
  AuditVerification verify(List<AuditMark> known) {
    while (true) {
      AuditStore.Marks marks = store.marks();
      AuditVerification verdict = verify(marks, known);
      // What a cut removed meanwhile looks like a gap: then the walk begins again.
      if (verdict instanceof Intact || store.marks().anchor().equals(marks.anchor())) {
        return verdict;
      }
    }
  }

  private AuditVerification verify(AuditStore.Marks marks, List<AuditMark> known) {
    Optional<AuditMark> anchor = marks.anchor();
    Optional<Broken> objection = anchor.flatMap(mark -> objection(Place.ANCHOR, mark));
    if (objection.isPresent()) {
      return objection.get();
    }
    Walk walk = new Walk(anchor, known);
    long end = marks.head().map(AuditMark::number).orElse(0L);
    Optional<Broken> broken = walk.to(end);
    if (broken.isEmpty() && marks.head().isPresent()) {
      AuditMark head = marks.head().get();
      broken = objection(Place.HEAD, head);
      if (broken.isEmpty() && !head.link().equals(walk.link)) {
        broken = Optional.of(new Broken(end, Reason.HEAD_ALTERED));
      }
    }
    return broken
        .or(() -> beyond(marks, walk))
        .<AuditVerification>map(found -> found)
        .orElseGet(() -> new Intact(walk.checked, marks.head()));
  }

  /** Records that the head does not know of, and known marks beyond what there is. */
  private Optional<Broken> beyond(AuditStore.Marks marks, Walk walk) {
    long next = walk.number + 1;
    boolean more = !store.read(next, 1).isEmpty();
    // Read after the records: whoever appended one of them had written its head by then.
    if (more && store.marks().head().equals(marks.head())) {
      return Optional.of(
          marks.head().isEmpty()
              ? new Broken(next, Reason.HEAD_ALTERED)
              : new Broken(next, Reason.UNEXPECTED));
    }
    return walk.known.stream().anyMatch(mark -> mark.number() > walk.number)
        ? Optional.of(new Broken(next, Reason.MISSING))
        : Optional.empty();
  }

  private Optional<Broken> objection(Place place, AuditMark mark) {
    Reason altered = place == Place.HEAD ? Reason.HEAD_ALTERED : Reason.ANCHOR_ALTERED;
    return check(mark.number(), altered, () -> chain.isGenuine(place, mark));
  }

  private static Optional<Broken> check(long number, Reason reason, Supplier<Boolean> fits) {
    try {
      return fits.get() ? Optional.empty() : Optional.of(new Broken(number, reason));
    } catch (FaceLockException.Key e) {
      return Optional.of(new Broken(number, Reason.UNKNOWN_KEY));
    }
  }

  /** From the anchor upwards; remembers where it is. */
  final class Walk {
    private final List<AuditMark> known;
    private long number;
    private String link;
    private long checked;

    Walk(Optional<AuditMark> anchor, List<AuditMark> known) {
      this.known = known;
      this.number = anchor.map(AuditMark::number).orElse(0L);
      this.link = anchor.map(AuditMark::link).orElse(AuditChain.GENESIS);
    }

    /** The link of the last record that was checked. */
    String link() {
      return link;
    }

    /** Checks the records up to a number; it is the walk's place if nothing is broken. */
    Optional<Broken> to(long end) {
      while (number < end) {
        int limit = (int) Math.min(PAGE, end - number);
        List<AuditRecord> page = store.read(number + 1, limit);
        if (page.isEmpty()) {
          return Optional.of(new Broken(number + 1, Reason.MISSING));
        }
        for (AuditRecord record : page) {
          Optional<Broken> broken = step(record);
          if (broken.isPresent()) {
            return broken;
          }
        }
      }
      return Optional.empty();
    }

    private Optional<Broken> step(AuditRecord record) {
      long expected = number + 1;
      if (record.number() != expected) {
        return Optional.of(new Broken(expected, Reason.MISSING));
      }
      if (record.format() != AuditChain.FORMAT) {
        return Optional.of(new Broken(expected, Reason.UNKNOWN_FORMAT));
      }
      Optional<Broken> broken = check(expected, Reason.ALTERED, () -> chain.fits(record, link));
      if (broken.isPresent()) {
        return broken;
      }
      boolean denied =
          known.stream()
              .anyMatch(mark -> mark.number() == expected && !mark.link().equals(record.link()));
      if (denied) {
        return Optional.of(new Broken(expected, Reason.UNEXPECTED));
      }
      number = expected;
      link = record.link();
      checked++;
      return Optional.empty();
    }
  }
}
