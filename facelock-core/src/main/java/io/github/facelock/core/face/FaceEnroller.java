package io.github.facelock.core.face;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.FaceEnrolment.Enrolled;
import io.github.facelock.api.enrolment.FaceEnrolment.NotAcquired;
import io.github.facelock.api.enrolment.FaceEnrolment.Reason;
import io.github.facelock.api.enrolment.FaceEnrolment.Refused;
import io.github.facelock.api.enrolment.FaceReference;
import io.github.facelock.api.enrolment.FaceReference.Kind;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.policy.LivenessMode;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.TemplateIndex;
import io.github.facelock.spi.face.TemplateIndex.Candidate;
import io.github.facelock.spi.store.Credential;
import io.github.facelock.spi.store.CredentialStore;
import io.github.facelock.spi.store.SubjectStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Takes captures as biometric references, and keeps the search index in step with the store.
 * Thread-safe. Checking and storing are one act within this object, so of parallel enrolments of
 * one person for several subjects one passes the duplicate check. Between nodes the check is made
 * twice, before storing and after it, and the later enrolment gives way.
 */
public final class FaceEnroller {

  /** Attribute with the consent document's name. */
  public static final String CONSENT = "consent";

  /** Attribute with the other subject's name where {@link DuplicateRule#WARN} found one. */
  public static final String DUPLICATE_OF = "duplicate-of";

  private static final int FRAMES = 10;

  /** Frames that are more alike than this teach a reference nothing new. */
  static final float ALIKE = 0.95f;

  private final FacePipeline pipeline;
  private final CredentialStore credentials;
  private final SubjectStore subjects;
  private final TemplateIndex index;
  private final ReferenceWriter writer;
  private final Clock clock;
  private final EnrolmentRules rules;
  private final Watch watch;
  private final BiConsumer<SubjectId, WatchListEntryId> watched;
  private final Runnable catchUp;

  /** Held from the checks against what is stored until the new references are stored. */
  private final Object storing = new Object();

  /**
   * Makes an enroller.
   *
   * @param pipeline with the rules of enrolment
   * @param credentials takes the references
   * @param subjects knows who may be enrolled
   * @param index is searched for duplicates and takes the references
   * @param random makes the ids of credentials
   * @param clock dates them
   * @param rules how many references, and what they must satisfy
   * @param watch knows who must not be enrolled
   * @param watched is told who was about to be enrolled all the same
   * @param catchUp brings the index up to what other nodes have stored; does nothing on a single
   *     node
   */
  public FaceEnroller(
      FacePipeline pipeline,
      CredentialStore credentials,
      SubjectStore subjects,
      TemplateIndex index,
      SecureRandom random,
      Clock clock,
      EnrolmentRules rules,
      Watch watch,
      BiConsumer<SubjectId, WatchListEntryId> watched,
      Runnable catchUp) {
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
    this.credentials = Objects.requireNonNull(credentials, "credentials");
    this.subjects = Objects.requireNonNull(subjects, "subjects");
    this.index = Objects.requireNonNull(index, "index");
    this.writer = new ReferenceWriter(credentials, index, Objects.requireNonNull(random, "random"));
    this.clock = Objects.requireNonNull(clock, "clock");
    this.rules = Objects.requireNonNull(rules, "rules");
    this.watch = Objects.requireNonNull(watch, "watch");
    this.watched = Objects.requireNonNull(watched, "watched");
    this.catchUp = Objects.requireNonNull(catchUp, "catchUp");
  }

  /** A frame that may become a reference. */
  private record Offer(Embedding template, double grade) {}

  /**
   * Offers a capture. All its usable frames must show one person, no frame may show several; the
   * person must agree with the subject's existing references and be nobody else's. The best frame
   * is kept, and up to the limit those that differ most from what is kept.
   *
   * @param subject who is enrolled
   * @param capture one frame or more
   * @param consent what the person agreed to
   * @return what became of it
   * @throws FaceLockException.Store if the store does not answer
   */
  public FaceEnrolment enrol(SubjectId subject, Capture capture, Consent consent) {
    return enrol(subject, capture, consent, Kind.ENROLLED);
  }

  /**
   * Offers pictures that were taken elsewhere: the same checks without liveness, which a photograph
   * does not have.
   *
   * @param subject who is enrolled
   * @param pictures one or more
   * @param consent what the person agreed to
   * @return what became of it
   * @throws FaceLockException.Store if the store does not answer
   */
  public FaceEnrolment enrolUpload(SubjectId subject, Capture pictures, Consent consent) {
    return enrol(subject, pictures, consent, Kind.UPLOADED);
  }

  /**
   * Offers a clip that answers a challenge. The challenge's judgement comes first, then all that is
   * asked of other captures; of the clip the frontal frames are kept.
   *
   * @param subject who is enrolled
   * @param clip what the camera saw
   * @param consent what the person agreed to
   * @param challenge what was asked, not answered before
   * @param mode how strictly it is judged
   * @param waited from the question to the answer
   * @return what became of it
   * @throws FaceLockException.Store if the store does not answer
   * @throws IllegalStateException if no liveness detector watches clips
   */
  public FaceEnrolment enrolClip(
      SubjectId subject,
      Capture clip,
      Consent consent,
      LivenessChallenge challenge,
      LivenessMode mode,
      Duration waited) {
    Optional<Refused> closed = closed(subject);
    if (closed.isPresent()) {
      return closed.get();
    }
    if (waited.isNegative() || waited.compareTo(challenge.answerWithin()) > 0) {
      return new NotAcquired(Guidance.REPEAT_CHALLENGE);
    }
    ClipObservation seen = pipeline.watchClip(clip, SeveralFaces.REJECT, challenge, mode, waited);
    if (seen.faces().problems().containsKey(Guidance.SEVERAL_FACES)) {
      return new NotAcquired(Guidance.SEVERAL_FACES);
    }
    if (seen.verdict() instanceof LivenessVerdict.Attack) {
      return new Refused(Reason.ATTACK_SUSPECTED);
    }
    if (seen.verdict() instanceof LivenessVerdict.Undetermined doubt) {
      return new NotAcquired(doubt.guidance());
    }
    if (seen.faces().usable().isEmpty()) {
      return new NotAcquired(seen.faces().guidance().orElse(Guidance.UNUSABLE_CAPTURE));
    }
    return keep(subject, consent, Kind.ENROLLED, seen.faces());
  }

  /** Why nothing that this subject offers is looked at. */
  private Optional<Refused> closed(SubjectId subject) {
    if (subjects.find(subject).filter(s -> !s.suspended()).isEmpty()) {
      return Optional.of(new Refused(Reason.UNKNOWN_SUBJECT));
    }
    return room(existing(subject)) < 1
        ? Optional.of(new Refused(Reason.TOO_MANY_REFERENCES))
        : Optional.empty();
  }

  private FaceEnrolment enrol(SubjectId subject, Capture capture, Consent consent, Kind kind) {
    Optional<Refused> closed = closed(subject);
    if (closed.isPresent()) {
      return closed.get();
    }
    FaceObservation seen = pipeline.observe(capture, SeveralFaces.REJECT);
    if (seen.problems().containsKey(Guidance.SEVERAL_FACES)) {
      return new NotAcquired(Guidance.SEVERAL_FACES);
    }
    Optional<Guidance> guidance = seen.guidance();
    if (guidance.isPresent()) {
      return new NotAcquired(guidance.get());
    }
    if (kind == Kind.ENROLLED) {
      LivenessVerdict verdict = pipeline.judgeLiveness(seen.seen());
      if (verdict instanceof LivenessVerdict.Attack) {
        return new Refused(Reason.ATTACK_SUSPECTED);
      }
      if (verdict instanceof LivenessVerdict.Undetermined doubt) {
        return new NotAcquired(doubt.guidance());
      }
    }
    return keep(subject, consent, kind, seen);
  }

  private FaceEnrolment keep(SubjectId subject, Consent consent, Kind kind, FaceObservation seen) {
    List<Offer> offers = offers(seen);
    synchronized (storing) {
      catchUp.run();
      return judge(subject, consent, kind, existing(subject), offers);
    }
  }

  private List<Embedding> existing(SubjectId subject) {
    return new FaceReferences(credentials, pipeline.embedder()).of(subject, clock.instant());
  }

  private int room(List<Embedding> existing) {
    return Math.min(rules.maxPerCapture(), rules.maxReferences() - existing.size());
  }

  private List<Offer> offers(FaceObservation seen) {
    return GradedFace.best(seen.usable(), FRAMES).stream()
        .map(
            g ->
                new Offer(
                    pipeline.embedder().embed(g.face().picture(), g.face().landmarks()),
                    g.measures().grade()))
        .toList();
  }

  private FaceEnrolment judge(
      SubjectId subject, Consent consent, Kind kind, List<Embedding> existing, List<Offer> offers) {
    FaceEmbedder embedder = pipeline.embedder();
    List<Embedding> templates = offers.stream().map(Offer::template).toList();
    if (!SamePerson.inAll(templates, embedder.calibration())) {
      return new NotAcquired(Guidance.DIFFERENT_PEOPLE);
    }
    Optional<WatchListEntryId> entry = watch.named(subject).or(() -> watch.seen(templates));
    if (entry.isPresent()) {
      watched.accept(subject, entry.get());
      return new Refused(Reason.NOT_ALLOWED);
    }
    int room = room(existing);
    if (room < 1) {
      return new Refused(Reason.TOO_MANY_REFERENCES);
    }
    float agreement = embedder.calibration().extrapolatedThreshold(rules.agreementRate()).value();
    if (!existing.isEmpty() && FusedScore.of(templates, existing).value() < agreement) {
      return new Refused(Reason.DIFFERENT_PERSON);
    }
    Optional<SubjectId> other =
        rules.duplicates() == DuplicateRule.ALLOW
            ? Optional.empty()
            : duplicate(subject, templates);
    if (other.isPresent() && rules.duplicates() == DuplicateRule.REFUSE) {
      return new Refused(Reason.DUPLICATE_PERSON);
    }
    Map<String, String> attributes = new HashMap<>(rules.attributes());
    attributes.put(TemplateCodec.MODEL, embedder.model().id().value());
    attributes.put(CONSENT, consent.document());
    other.ifPresent(o -> attributes.put(DUPLICATE_OF, o.value()));
    Instant now = clock.instant();
    ReferenceAttributes.put(attributes, kind, rules.lifetime().map(now::plus));
    List<CredentialId> stored = store(subject, choose(offers, room), attributes);
    if (rules.duplicates() == DuplicateRule.REFUSE
        && foundMeanwhile(subject, templates, stored).isPresent()) {
      stored.forEach(id -> writer.remove(subject, id));
      return new Refused(Reason.DUPLICATE_PERSON);
    }
    return new Enrolled(stored);
  }

  /** Another subject whom most of the frames match. */
  private Optional<SubjectId> duplicate(SubjectId subject, List<Embedding> templates) {
    double rate = rules.duplicateRate().value() / Math.max(1, index.size());
    float threshold =
        pipeline.embedder().calibration().extrapolatedThreshold(new FalseMatchRate(rate)).value();
    Map<SubjectId, Integer> matches = new HashMap<>();
    for (Embedding template : templates) {
      for (Candidate candidate : index.search(template, 2)) {
        if (!candidate.subject().equals(subject) && candidate.score().value() >= threshold) {
          matches.merge(candidate.subject(), 1, Integer::sum);
        }
      }
    }
    return matches.entrySet().stream()
        .filter(e -> 2 * e.getValue() >= templates.size())
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  /** The best, then again and again the one that differs most from those that are kept. */
  private static List<Embedding> choose(List<Offer> offers, int room) {
    List<Offer> left = new ArrayList<>(offers);
    left.sort(Comparator.comparingDouble(Offer::grade).reversed());
    List<Embedding> kept = new ArrayList<>();
    kept.add(left.remove(0).template());
    while (kept.size() < room && !left.isEmpty()) {
      Offer next =
          left.stream().min(Comparator.comparingDouble(o -> likeness(o, kept))).orElseThrow();
      if (likeness(next, kept) > ALIKE) {
        break;
      }
      left.remove(next);
      kept.add(next.template());
    }
    return kept;
  }

  private static float likeness(Offer offer, List<Embedding> kept) {
    float most = -1;
    for (Embedding template : kept) {
      most = Math.max(most, template.cosine(offer.template()));
    }
    return most;
  }

  private List<CredentialId> store(
      SubjectId subject, List<Embedding> templates, Map<String, String> attributes) {
    List<CredentialId> ids = new ArrayList<>();
    for (Embedding template : templates) {
      ids.add(writer.write(subject, template, attributes, clock.instant()));
    }
    return ids;
  }

  /**
   * Looks again when the new references are stored and the index has caught up with other nodes: of
   * two nodes that enrol one person at the same moment, at least one sees the other's references
   * now. The later enrolment gives way, by time and then by name, so that one of the two stays.
   */
  private Optional<SubjectId> foundMeanwhile(
      SubjectId subject, List<Embedding> templates, List<CredentialId> stored) {
    catchUp.run();
    Optional<SubjectId> other = duplicate(subject, templates);
    if (other.isEmpty()) {
      return other;
    }
    Optional<Instant> theirs = enrolledAt(other.get(), credential -> true);
    Optional<Instant> ours = enrolledAt(subject, credential -> stored.contains(credential.id()));
    if (theirs.isEmpty() || ours.isEmpty()) {
      return other.filter(o -> theirs.isPresent());
    }
    int order = theirs.get().compareTo(ours.get());
    boolean theyStay =
        order < 0 || (order == 0 && other.get().value().compareTo(subject.value()) < 0);
    return other.filter(o -> theyStay);
  }

  private Optional<Instant> enrolledAt(SubjectId subject, Predicate<Credential> which) {
    return credentials.find(subject, FactorType.FACE).stream()
        .filter(which)
        .map(Credential::createdAt)
        .min(Comparator.naturalOrder());
  }

  /**
   * Removes one reference, from the store and from the index.
   *
   * @param subject whose it is
   * @param reference which
   * @return whether there was such a reference
   */
  public boolean remove(SubjectId subject, CredentialId reference) {
    return writer.remove(subject, reference);
  }

  /**
   * Lists a subject's references of all models.
   *
   * @param subject whose they are
   * @return in the order in which they were made
   */
  public List<FaceReference> references(SubjectId subject) {
    return credentials.find(subject, FactorType.FACE).stream()
        .map(ReferenceAttributes::shown)
        .toList();
  }

  /**
   * Removes what was learnt at logins.
   *
   * @param subject whose references
   * @return how many adapted ones there were
   */
  public int undoAdaptation(SubjectId subject) {
    int removed = 0;
    for (FaceReference reference : references(subject)) {
      if (reference.kind() == Kind.ADAPTED) {
        removed += writer.remove(subject, reference.id()) ? 1 : 0;
      }
    }
    return removed;
  }

  /**
   * Removes all of a subject's references, from the store and from the index.
   *
   * @param subject whose they are
   * @return how many there were
   */
  public int removeAll(SubjectId subject) {
    int removed = 0;
    for (Credential credential : credentials.find(subject, FactorType.FACE)) {
      removed += remove(subject, credential.id()) ? 1 : 0;
    }
    return removed;
  }

  /**
   * Fills the index from the store, at start-up. References of other models stay where they are.
   *
   * @return how many references went into the index
   * @throws FaceLockException.Store if the store does not answer or a reference is damaged; the
   *     message names it
   */
  public int loadIndex() {
    FaceReferences references = new FaceReferences(credentials, pipeline.embedder());
    int[] loaded = {0};
    credentials.forEach(
        FactorType.FACE,
        credential ->
            references
                .read(credential)
                .ifPresent(
                    template -> {
                      index.put(credential.subject(), credential.id(), template);
                      loaded[0]++;
                    }));
    return loaded[0];
  }
}
