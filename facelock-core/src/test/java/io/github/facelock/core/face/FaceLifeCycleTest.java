package io.github.facelock.core.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.facelock.api.CredentialId;
import io.github.facelock.api.RequestContext;
import io.github.facelock.api.Response;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.enrolment.Consent;
import io.github.facelock.api.enrolment.FaceEnrolment;
import io.github.facelock.api.enrolment.FaceEnrolment.Enrolled;
import io.github.facelock.api.enrolment.FaceEnrolment.Reason;
import io.github.facelock.api.enrolment.FaceEnrolment.Refused;
import io.github.facelock.api.enrolment.FaceReference;
import io.github.facelock.api.enrolment.FaceReference.Kind;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.LivenessVerdict;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.policy.Policies;
import io.github.facelock.api.policy.SeveralFaces;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.core.match.ExactTemplateIndex;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.FactorState;
import io.github.facelock.spi.Verification;
import io.github.facelock.spi.Watch;
import io.github.facelock.spi.face.FaceEmbedder;
import io.github.facelock.spi.face.FaceRecogniser.Sighting;
import io.github.facelock.spi.face.LivenessDetector;
import io.github.facelock.test.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** References from their enrolment to their end: learning, migrating, expiring, being watched. */
class FaceLifeCycleTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final SubjectId BERT = SubjectId.of("bert");
  private static final AdaptationRules ADAPTS =
      new AdaptationRules(
          FalseMatchRate.oneIn(100_000), FalseMatchRate.oneIn(10_000), 2, Duration.ofDays(7));

  private final MutableClock clock = MutableClock.at(NOON);
  private final ScriptedFaces.Embedder embedder = new ScriptedFaces.Embedder("scripted");
  private final Stores.Credentials credentials = new Stores.Credentials();
  private final Stores.Subjects subjects = new Stores.Subjects().with("anna", "bert");
  private final List<CredentialId> learnt = new ArrayList<>();
  private Watch watch = Watch.nobody();
  private final List<String> watched = new ArrayList<>();

  /** One node: its index and what works with it. */
  private final class Node {
    final FaceEmbedder model;
    final ExactTemplateIndex index;
    final List<Embedding> refused = new ArrayList<>();
    Runnable catchUp = () -> {};

    Node(FaceEmbedder model) {
      this.model = model;
      this.index = new ExactTemplateIndex(model.model().id(), model.dimension());
    }

    FaceEnroller enroller(EnrolmentRules rules, LivenessDetector... liveness) {
      return new FaceEnroller(
          ScriptedFaces.pipeline(model, liveness),
          credentials,
          subjects,
          index,
          new SecureRandom(),
          clock,
          rules,
          watch,
          (subject, entry) -> watched.add(subject + " " + entry),
          () -> catchUp.run());
    }

    FaceFactor factor(
        List<FaceEmbedder> former,
        Optional<AdaptationRules> adaptation,
        LivenessDetector... liveness) {
      return new FaceFactor(
          ScriptedFaces.pipeline(model, liveness),
          credentials,
          subjects,
          index,
          watch,
          new FaceLearning(former, adaptation, new SecureRandom(), (subject, id) -> learnt.add(id)),
          Stores.challenges());
    }
  }

  private final Node node = new Node(embedder);

  private static Capture person(int person, int unlike) {
    CapturedFrame frame = ScriptedFaces.frame(person, 1, unlike);
    return Capture.of(List.of(frame));
  }

  private FactorContext login(Optional<SubjectId> claimed) {
    return new FactorContext(
        "tx",
        claimed,
        claimed,
        RequestContext.local(),
        Policies.web().withoutLiveness(),
        clock.instant());
  }

  private Verification verify(FaceFactor factor, SubjectId claimed, Capture capture) {
    return factor.verify(login(Optional.of(claimed)), FactorState.empty(), Response.face(capture));
  }

  /** A login with this face that was granted with a second factor. */
  private Verification.Verified logIn(FaceFactor factor, SubjectId subject, Capture capture) {
    Verification verification = verify(factor, subject, capture);
    assertThat(verification).isInstanceOf(Verification.Verified.class);
    Verification.Verified verified = (Verification.Verified) verification;
    if (verified.learnt().bytes().length > 0) {
      factor.granted(login(Optional.of(subject)), verified.learnt());
    }
    return verified;
  }

  private FaceEnrolment enrol(SubjectId subject, Capture capture) {
    return node.enroller(EnrolmentRules.defaults()).enrol(subject, capture, Consent.to("notice-1"));
  }

  private List<Kind> kinds(SubjectId subject) {
    return node.enroller(EnrolmentRules.defaults()).references(subject).stream()
        .map(FaceReference::kind)
        .toList();
  }

  @Test
  void aReferenceIsListedWithItsConsentAndNoTemplate() {
    Enrolled enrolled = (Enrolled) enrol(ANNA, person(1, 0));

    assertThat(node.enroller(EnrolmentRules.defaults()).references(ANNA))
        .containsExactly(
            new FaceReference(
                enrolled.references().get(0),
                Kind.ENROLLED,
                new ModelId("scripted"),
                Consent.to("notice-1"),
                NOON,
                Optional.empty()));
  }

  @Test
  void anUploadIsNotJudgedForLivenessAndSaysSo() {
    LivenessDetector attack = faces -> new LivenessVerdict.Attack("screen", Map.of());
    FaceEnroller enroller = node.enroller(EnrolmentRules.defaults(), attack);

    assertThat(enroller.enrol(ANNA, person(1, 0), Consent.to("notice-1")))
        .isEqualTo(new Refused(Reason.ATTACK_SUSPECTED));
    assertThat(enroller.enrolUpload(ANNA, person(1, 0), Consent.to("notice-1")))
        .isInstanceOf(Enrolled.class);
    assertThat(kinds(ANNA)).containsExactly(Kind.UPLOADED);
    assertThat(enroller.enrolUpload(BERT, person(1, 0), Consent.to("notice-1")))
        .as("all other checks hold")
        .isEqualTo(new Refused(Reason.DUPLICATE_PERSON));
  }

  @Test
  void anExpiredReferenceProvesNothingNeitherByNameNorByFace() {
    EnrolmentRules month = EnrolmentRules.defaults().withLifetime(Duration.ofDays(30));
    node.enroller(month).enrol(ANNA, person(1, 0), Consent.to("notice-1"));
    FaceFactor factor = node.factor(List.of(), Optional.empty());
    clock.advance(Duration.ofDays(30).minusNanos(1));
    assertThat(verify(factor, ANNA, person(1, 0))).isInstanceOf(Verification.Verified.class);
    assertThat(identify(factor, person(1, 0))).isInstanceOf(Verification.Verified.class);
    clock.advance(Duration.ofNanos(1));

    assertThat(verify(factor, ANNA, person(1, 0))).isInstanceOf(Verification.Refused.class);
    assertThat(identify(factor, person(1, 0))).isInstanceOf(Verification.Refused.class);
    assertThat(enrol(ANNA, person(1, 0))).as("enrolled again").isInstanceOf(Enrolled.class);
    assertThat(verify(factor, ANNA, person(1, 0))).isInstanceOf(Verification.Verified.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnrolmentRules.defaults().withLifetime(Duration.ofMinutes(59)));
  }

  private Verification identify(FaceFactor factor, Capture capture) {
    return factor.verify(login(Optional.empty()), FactorState.empty(), Response.face(capture));
  }

  @Test
  void aReferenceThatAnotherNodeRemovedIdentifiesNobody() {
    Enrolled enrolled = (Enrolled) enrol(ANNA, person(1, 0));
    credentials.delete(ANNA, enrolled.references().get(0));

    assertThat(node.index.size()).isEqualTo(1);
    assertThat(identify(node.factor(List.of(), Optional.empty()), person(1, 0)))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void aFaceAdaptsWithinItsCapAndCanBeUndone() {
    enrol(ANNA, person(1, 0));
    FaceFactor factor = node.factor(List.of(), Optional.of(ADAPTS));
    logIn(factor, ANNA, person(1, 0));
    assertThat(kinds(ANNA)).as("it teaches nothing new").containsExactly(Kind.ENROLLED);
    logIn(factor, ANNA, person(1, 40));

    assertThat(kinds(ANNA)).containsExactly(Kind.ENROLLED, Kind.ADAPTED);
    assertThat(learnt).hasSize(1);
    assertThat(node.index.size()).isEqualTo(2);
    assertThat(credentials.all.get(1).attributes())
        .containsEntry("consent", "notice-1")
        .containsEntry("from", credentials.all.get(0).id().value());
    assertThat(node.enroller(EnrolmentRules.defaults()).undoAdaptation(ANNA)).isEqualTo(1);
    assertThat(kinds(ANNA)).containsExactly(Kind.ENROLLED);
    assertThat(node.index.size()).isEqualTo(1);
  }

  @Test
  void manySmallStepsLeadNowhere() {
    enrol(ANNA, person(1, 0));
    FaceFactor factor = node.factor(List.of(), Optional.of(ADAPTS));
    Embedding enrolledFace = embedding(0);
    for (int unlike = 5; unlike < 100; unlike += 5) {
      Verification verification = verify(factor, ANNA, person(1, unlike));
      if (verification instanceof Verification.Verified verified
          && verified.learnt().bytes().length > 0) {
        factor.granted(login(Optional.of(ANNA)), verified.learnt());
      }
      clock.advance(Duration.ofDays(7));
    }
    List<Embedding> adapted = new FaceReferences(credentials, embedder).of(ANNA, clock.instant());
    assertThat(adapted).hasSizeGreaterThan(1);
    // As alike to the enrolled face as one stranger in 10 000: .4.
    assertThat(adapted).allMatch(face -> face.cosine(enrolledFace) >= 0.4f);
  }

  private Embedding embedding(int unlike) {
    return embedder.embed(
        ScriptedFaces.frame(1, 1, unlike).picture().orElseThrow(),
        io.github.facelock.api.face.Landmarks.of(110, 125, 170, 125, 140, 160, 118, 190, 162, 190));
  }

  @Test
  void adaptationsArePausedAndTheOldestGivesWay() {
    enrol(ANNA, person(1, 0));
    FaceFactor factor = node.factor(List.of(), Optional.of(ADAPTS));
    logIn(factor, ANNA, person(1, 30));
    clock.advance(Duration.ofDays(7).minusNanos(1));
    logIn(factor, ANNA, person(1, 48));
    assertThat(learnt).as("too soon").hasSize(1);
    clock.advance(Duration.ofNanos(1));
    logIn(factor, ANNA, person(1, 48));
    assertThat(learnt).hasSize(2);
    clock.advance(Duration.ofDays(7));
    logIn(factor, ANNA, person(1, 65));

    assertThat(kinds(ANNA)).containsExactly(Kind.ENROLLED, Kind.ADAPTED, Kind.ADAPTED);
    assertThat(credentials.all).extracting(c -> c.id()).doesNotContain(learnt.get(0));
  }

  @Test
  void nothingIsRememberedWithoutTheRuleOrBelowItsScore() {
    enrol(ANNA, person(1, 0));
    assertThat(
            logIn(node.factor(List.of(), Optional.empty()), ANNA, person(1, 40)).learnt().bytes())
        .isEmpty();
    // At .447, a login at 1 in 10 000 passes, an adaptation at 1 in 100 000 (.5) does not.
    FaceFactor factor = node.factor(List.of(), Optional.of(ADAPTS));
    assertThat(logIn(factor, ANNA, person(1, 66)).learnt().bytes()).isEmpty();
    assertThat(learnt).isEmpty();
  }

  @Test
  void adaptationRulesAreBounded() {
    FalseMatchRate rate = FalseMatchRate.oneIn(10_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdaptationRules(FalseMatchRate.oneIn(9_999), rate, 1, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdaptationRules(rate, rate, 0, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdaptationRules(rate, rate, 6, Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdaptationRules(rate, rate, 1, Duration.ofNanos(-1)));
    assertThat(AdaptationRules.ofDefaults().most()).isEqualTo(2);
  }

  @Test
  void aPersonMigratesToANewModelAtTheNextStrongLogin() {
    enrol(ANNA, person(1, 0));
    ScriptedFaces.Embedder newer = new ScriptedFaces.Embedder("newer");
    Node after = new Node(newer);
    assertThat(verify(after.factor(List.of(), Optional.empty()), ANNA, person(1, 0)))
        .as("without the former model nobody gets in")
        .isInstanceOf(Verification.Refused.class);
    FaceFactor factor = after.factor(List.of(embedder), Optional.empty());
    assertThat(verify(factor, ANNA, person(2, 0)))
        .as("a stranger")
        .isInstanceOf(Verification.Refused.class);
    assertThat(credentials.all).hasSize(1);

    Verification.Verified verified = logIn(factor, ANNA, person(1, 10));
    assertThat(verified.details()).containsEntry("former-model", "scripted");
    assertThat(after.enroller(EnrolmentRules.defaults()).references(ANNA))
        .extracting(reference -> reference.model().value() + " " + reference.kind())
        .containsExactly("scripted ENROLLED", "newer MIGRATED");
    assertThat(after.index.size()).isEqualTo(1);
    assertThat(logIn(factor, ANNA, person(1, 10)).details()).doesNotContainKey("former-model");
    assertThat(credentials.all).as("once").hasSize(2);
  }

  @Test
  void aSubjectThatIsUnknownTakesTheSameWorkWhilePeopleMigrate() {
    enrol(ANNA, person(1, 0));
    ScriptedFaces.Embedder newer = new ScriptedFaces.Embedder("newer");
    FaceFactor factor = new Node(newer).factor(List.of(embedder), Optional.empty());
    int before = embedder.calls + newer.calls;
    verify(factor, ANNA, person(1, 0));
    int known = embedder.calls + newer.calls - before;
    verify(factor, SubjectId.of("nobody"), person(1, 0));

    assertThat(embedder.calls + newer.calls - before).isEqualTo(2 * known);
  }

  @Test
  void ofTwoNodesThatEnrolOnePersonAtTheSameMomentOneKeepsIt() {
    Node other = new Node(embedder);
    // Neither node has heard of the other when it checks; each hears after it has stored.
    node.catchUp = () -> copy(node);
    other.catchUp = () -> copy(other);
    FaceEnroller here = node.enroller(EnrolmentRules.defaults());
    FaceEnroller there = other.enroller(EnrolmentRules.defaults());
    boolean[] first = {true};
    node.catchUp =
        () -> {
          if (first[0]) {
            // Between this node's first look and its storing, the other node enrols.
            first[0] = false;
            assertThat(there.enrol(BERT, person(1, 0), Consent.to("c")))
                .isInstanceOf(Enrolled.class);
            clock.advance(Duration.ofMillis(1));
          } else {
            copy(node);
          }
        };
    assertThat(here.enrol(ANNA, person(1, 0), Consent.to("c")))
        .isEqualTo(new Refused(Reason.DUPLICATE_PERSON));
    assertThat(credentials.all).extracting(c -> c.subject().value()).containsExactly("bert");
  }

  private void copy(Node to) {
    credentials.all.forEach(
        c ->
            TemplateCodec.decode(c, embedder.model().id(), embedder.dimension())
                .ifPresent(face -> to.index.put(c.subject(), c.id(), face)));
  }

  @Test
  void theEarlierEnrolmentStaysWhenTheLaterNodeLooksFirst() {
    Node other = new Node(embedder);
    enrol(ANNA, person(1, 0));
    clock.advance(Duration.ofMillis(1));
    // The other node does not know of Anna until it has stored Bert.
    boolean[] late = {false};
    other.catchUp =
        () -> {
          if (late[0]) {
            copy(other);
          }
          late[0] = true;
        };
    assertThat(other.enroller(EnrolmentRules.defaults()).enrol(BERT, person(1, 0), Consent.to("c")))
        .isEqualTo(new Refused(Reason.DUPLICATE_PERSON));
    assertThat(credentials.all).extracting(c -> c.subject().value()).containsExactly("anna");
    assertThat(other.enroller(EnrolmentRules.defaults()).references(BERT)).isEmpty();
  }

  // The watch-list.

  private void watchFor(int person) {
    Embedding target =
        embedder.embed(
            ScriptedFaces.frame(person).picture().orElseThrow(),
            io.github.facelock.api.face.Landmarks.of(
                110, 125, 170, 125, 140, 160, 118, 190, 162, 190));
    watch =
        new Watch() {
          @Override
          public Optional<WatchListEntryId> named(SubjectId subject) {
            return Optional.empty();
          }

          @Override
          public Optional<WatchListEntryId> seen(List<Embedding> probes) {
            return probes.stream().allMatch(probe -> probe.cosine(target) > 0.5f)
                ? Optional.of(new WatchListEntryId("entry-1"))
                : Optional.empty();
          }

          @Override
          public void refused(FactorContext context, List<Embedding> probes, String cause) {
            node.refused.addAll(probes);
            watched.add(cause);
            throw new IllegalStateException("a list that cannot learn");
          }
        };
  }

  @Test
  void aWatchedFaceIsRefusedAlsoWhereItMatches() {
    enrol(ANNA, person(1, 0));
    watchFor(1);
    FaceFactor factor = node.factor(List.of(), Optional.empty());
    Verification verified = verify(factor, ANNA, person(1, 0));

    assertThat(verified).isInstanceOf(Verification.Refused.class);
    assertThat(((Verification.Refused) verified).cause()).isEqualTo("watch-list");
    assertThat(verified.details()).containsEntry("watch-list", "entry-1");
    assertThat(identify(factor, person(1, 0))).isInstanceOf(Verification.Refused.class);
    assertThat(watched).as("nobody is added who is on the list").isEmpty();
  }

  @Test
  void aWatchedFaceIsAskedForLivenessLikeAnyOther() {
    watchFor(1);
    LivenessDetector doubt =
        faces ->
            new LivenessVerdict.Undetermined(
                io.github.facelock.api.face.Guidance.TURN_LEFT, Map.of());
    LivenessDetector attack = faces -> new LivenessVerdict.Attack("screen", Map.of());
    Verification unclear =
        verify(node.factor(List.of(), Optional.empty(), doubt), ANNA, person(1, 0));
    assertThat(unclear).isInstanceOf(Verification.NotAcquired.class);
    assertThat(unclear.details()).containsEntry("watch-list", "entry-1");
    Verification spoof =
        verify(node.factor(List.of(), Optional.empty(), attack), ANNA, person(1, 0));
    assertThat(((Verification.Refused) spoof).cause()).isEqualTo("attack-suspected");
    assertThat(spoof.details()).containsEntry("watch-list", "entry-1");
  }

  @Test
  void aRefusedFaceIsToldAndAListThatCannotLearnChangesNothing() {
    enrol(ANNA, person(1, 0));
    watchFor(3);
    LivenessDetector attack = faces -> new LivenessVerdict.Attack("screen", Map.of());
    assertThat(verify(node.factor(List.of(), Optional.empty()), ANNA, person(2, 0)))
        .isInstanceOf(Verification.Refused.class);
    verify(node.factor(List.of(), Optional.empty(), attack), ANNA, person(2, 0));

    assertThat(watched).containsExactly("no-match", "attack-suspected");
  }

  @Test
  void aWatchedPersonIsNotEnrolledAndSomebodyKnows() {
    watchFor(1);
    assertThat(enrol(ANNA, person(1, 0))).isEqualTo(new Refused(Reason.NOT_ALLOWED));
    assertThat(watched).containsExactly("anna entry-1");
    assertThat(enrol(BERT, person(2, 0))).isInstanceOf(Enrolled.class);
  }

  // Resemblance, sampling, recognition.

  @Test
  void resemblanceIsFoundFarBelowALoginsBar() {
    enrol(ANNA, person(1, 0));
    Resemblance resemblance = new Resemblance(embedder, credentials, node.index);
    List<Embedding> far = List.of(embedding(70));
    assertThat(far.get(0).cosine(embedding(0))).isBetween(0.3f, 0.4f);

    assertThat(resemblance.toSomebody(Optional.of(ANNA), far)).isTrue();
    assertThat(resemblance.toSomebody(Optional.empty(), far)).isTrue();
    assertThat(resemblance.toSomebody(Optional.of(ANNA), List.of(embedding(90)))).isFalse();
  }

  @Test
  void theSubjectIsToldFromOthersFromNobodyAndFromDoubt() {
    enrol(ANNA, person(1, 0));
    SubjectRecogniser recogniser =
        new SubjectRecogniser(
            new PipelineSampler(ScriptedFaces.pipeline(embedder), SeveralFaces.LARGEST),
            embedder,
            credentials,
            subjects,
            clock);
    assertThat(recogniser.look(ANNA, person(1, 0))).isEqualTo(Sighting.SUBJECT);
    assertThat(recogniser.look(ANNA, person(2, 0))).isEqualTo(Sighting.SOMEBODY_ELSE);
    assertThat(recogniser.look(ANNA, person(0, 0))).isEqualTo(Sighting.NOBODY);
    assertThat(recogniser.look(ANNA, person(1, 70)))
        .as("a score between")
        .isEqualTo(Sighting.UNCLEAR);
    assertThat(recogniser.look(BERT, person(1, 0))).as("no reference").isEqualTo(Sighting.UNCLEAR);
  }
}
