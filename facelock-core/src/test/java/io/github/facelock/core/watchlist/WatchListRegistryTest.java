package io.github.facelock.core.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.ComparisonScore;
import io.github.facelock.api.face.Embedding;
import io.github.facelock.api.face.FalseMatchRate;
import io.github.facelock.api.face.Guidance;
import io.github.facelock.api.face.ModelId;
import io.github.facelock.api.face.ScoreCalibration;
import io.github.facelock.api.watchlist.FaceWatch;
import io.github.facelock.api.watchlist.WatchListEntryId;
import io.github.facelock.api.watchlist.WatchedPerson;
import io.github.facelock.core.crypto.EphemeralKeys;
import io.github.facelock.core.crypto.KeyRing;
import io.github.facelock.core.fixtures.Logins;
import io.github.facelock.core.store.memory.MemoryAuditLog;
import io.github.facelock.core.store.memory.MemoryWatchListStore;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.FactorContext;
import io.github.facelock.spi.face.FaceSampler;
import io.github.facelock.spi.store.WatchListEntry;
import io.github.facelock.spi.store.WatchListStore;
import io.github.facelock.test.MutableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchListRegistryTest {

  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final ModelId MODEL = new ModelId("scripted");
  private static final SubjectId EVE = SubjectId.of("eve");
  private static final ScoreCalibration CALIBRATION =
      ScoreCalibration.of(
          List.of(
              new ScoreCalibration.Point(new ComparisonScore(0.3f), FalseMatchRate.oneIn(1000)),
              new ScoreCalibration.Point(new ComparisonScore(0.4f), FalseMatchRate.oneIn(10_000)),
              new ScoreCalibration.Point(
                  new ComparisonScore(0.5f), FalseMatchRate.oneIn(100_000))));
  private static final Optional<Instant> FOR_EVER = Optional.empty();

  private final MutableClock clock = MutableClock.at(NOON);
  private final MemoryWatchListStore store = new MemoryWatchListStore();
  private final MemoryAuditLog audit = new MemoryAuditLog();
  private final SecureRandom random = new SecureRandom();
  private final KeyRing keys = new KeyRing(new EphemeralKeys(random), random);
  private FaceSampler.Sample sample = new FaceSampler.Sample.Person(List.of(face(0, 1)));
  private boolean resembles;
  private final WatchListRegistry list = registry(WatchListRules.ofDefaults());

  private WatchListRegistry registry(WatchListRules rules) {
    return registry(rules, MODEL);
  }

  private WatchListRegistry registry(WatchListRules rules, ModelId model) {
    return new WatchListRegistry(
        store,
        keys,
        audit,
        random,
        clock,
        rules,
        Optional.of(
            new FaceComparison(
                model, CALIBRATION, capture -> sample, (claimed, probes) -> resembles)));
  }

  /** A face at an angle from an axis: its score with the axis is the given likeness. */
  private static Embedding face(int axis, double likeness) {
    float[] values = new float[8];
    values[axis] = (float) likeness;
    values[7] = (float) Math.sqrt(1 - likeness * likeness);
    return Embedding.normalised(MODEL, values);
  }

  private static List<Embedding> faces(int axis, double... likenesses) {
    return Arrays.stream(likenesses).mapToObj(likeness -> face(axis, likeness)).toList();
  }

  private static Capture anyCapture() {
    return Capture.ofImage(new byte[] {1});
  }

  private WatchListEntryId add(Embedding... templates) {
    sample = new FaceSampler.Sample.Person(List.of(templates));
    FaceWatch added = list.addFace(anyCapture(), "theft", "admin", FOR_EVER);
    assertThat(added).isInstanceOf(FaceWatch.Added.class);
    return ((FaceWatch.Added) added).id();
  }

  private AuditEvent lastEvent() {
    return audit.events().get(audit.events().size() - 1);
  }

  @Test
  void aWatchedNameIsFoundUntilItIsRemoved() {
    WatchListEntryId id = list.addSubject(EVE, "was dismissed", "admin", FOR_EVER);

    assertThat(list.named(EVE)).contains(id);
    assertThat(list.named(SubjectId.of("Eve"))).isEmpty();
    assertThat(lastEvent().type()).isEqualTo(AuditEvent.Type.WATCH_LIST_ADDED);
    assertThat(lastEvent().details())
        .containsEntry("watch-list", id.value())
        .containsEntry("by", "admin");
    assertThat(list.remove(id, "chief")).isTrue();
    assertThat(list.remove(id, "chief")).isFalse();
    assertThat(list.named(EVE)).isEmpty();
    assertThat(lastEvent().type()).isEqualTo(AuditEvent.Type.WATCH_LIST_REMOVED);
    assertThat(lastEvent().details()).containsEntry("by", "chief");
  }

  @Test
  void aWatchedFaceIsFoundByTheMedianOfTheFrames() {
    WatchListEntryId id = add(face(0, 1));

    // One template: the bar of 1 in 10 000 is .4.
    assertThat(list.seen(faces(0, .41))).contains(id);
    assertThat(list.seen(faces(0, .39))).isEmpty();
    assertThat(list.seen(faces(0, .99, .39, .39))).as("one lucky frame").isEmpty();
    assertThat(list.seen(faces(0, .99, .41, .1))).contains(id);
    assertThat(list.seen(faces(1, 1))).isEmpty();
  }

  @Test
  void theRateHoldsForTheWholeList() {
    add(face(1, 1));
    for (int i = 2; i < 6; i++) {
      add(face(i, 1), face(i, .99));
    }
    add(face(0, 1));
    // Ten templates: each comparison is as strict as 1 in 100 000, which is at .5.
    assertThat(list.seen(faces(0, .49))).isEmpty();
    assertThat(list.seen(faces(0, .51))).isPresent();
    assertThat(
            registry(WatchListRules.ofDefaults().withFalseMatchRate(FalseMatchRate.oneIn(1000)))
                .seen(faces(0, .41)))
        .as("a rate of its own")
        .isPresent();
  }

  @Test
  void theMostAlikeEntryIsNamed() {
    add(face(0, .7));
    WatchListEntryId best = add(face(0, .9));

    assertThat(list.seen(faces(0, .9))).contains(best);
  }

  @Test
  void anEntryEndsByItself() {
    Optional<Instant> end = Optional.of(NOON.plusSeconds(60));
    list.addSubject(EVE, "for a minute", "admin", end);
    list.addFace(anyCapture(), "for a minute", "admin", end);
    clock.advance(Duration.ofSeconds(59));
    assertThat(list.named(EVE)).isPresent();
    assertThat(list.seen(faces(0, 1))).isPresent();
    assertThat(list.list()).hasSize(2);
    clock.advance(Duration.ofSeconds(1));
    assertThat(list.named(EVE)).isEmpty();
    assertThat(list.seen(faces(0, 1))).isEmpty();
    assertThat(list.list()).isEmpty();
  }

  @Test
  void anotherNodeFollowsAtItsNextLook() {
    WatchListRegistry other = registry(WatchListRules.ofDefaults());
    WatchListEntryId id = add(face(0, 1));
    assertThat(other.seen(faces(0, 1))).contains(id);
    other.remove(id, "admin");
    assertThat(list.seen(faces(0, 1))).isEmpty();
  }

  @Test
  void theListShowsWhoAndWhyAndNoTemplate() {
    WatchListEntryId id = add(face(0, 1));

    assertThat(list.list())
        .containsExactly(
            new WatchedPerson(
                id, Optional.empty(), Optional.of(MODEL), "theft", "admin", NOON, FOR_EVER));
  }

  @Test
  void facesAreSealedForTheirEntry() {
    add(face(0, 1));
    WatchListEntry stored = store.list(NOON).get(0);
    byte[] plain = TemplateBundle.encode(List.of(face(0, 1)));
    assertThat(stored.templates()).isNotEqualTo(plain).hasSizeGreaterThan(plain.length + 28);

    WatchListEntry moved =
        WatchListEntry.ofFace(
            new WatchListEntryId("moved"),
            MODEL,
            stored.templates(),
            "theft",
            "admin",
            NOON,
            FOR_EVER);
    store.insert(moved);
    assertThatThrownBy(() -> list.seen(faces(0, 1))).isInstanceOf(FaceLockException.Key.class);
  }

  @Test
  void facesOfAnotherModelAreListedAndNotCompared() {
    add(face(0, 1));
    WatchListRegistry next = registry(WatchListRules.ofDefaults(), new ModelId("newer"));

    assertThat(next.seen(List.of(Embedding.normalised(new ModelId("newer"), 1, 0, 0)))).isEmpty();
    assertThat(next.list()).hasSize(1);
  }

  @Test
  void picturesThatAreNotGoodEnoughSayWhy() {
    sample = new FaceSampler.Sample.Unclear(Guidance.TOO_DARK, Map.of(Guidance.TOO_DARK, 1));

    assertThat(list.addFace(anyCapture(), "theft", "admin", FOR_EVER))
        .isEqualTo(new FaceWatch.NotAcquired(Guidance.TOO_DARK));
    assertThat(store.list(NOON)).isEmpty();
  }

  @Test
  void withoutAFacePipelineNamesAreWatchedAllTheSame() {
    WatchListRegistry names =
        new WatchListRegistry(
            store, keys, audit, random, clock, WatchListRules.ofDefaults(), Optional.empty());
    names.addSubject(EVE, "was dismissed", "admin", FOR_EVER);
    assertThat(names.named(EVE)).isPresent();
    assertThat(names.seen(faces(0, 1))).isEmpty();
    assertThatThrownBy(() -> names.addFace(anyCapture(), "theft", "admin", FOR_EVER))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void malformedTextsAreRefused() {
    for (String text : List.of(" ", "x".repeat(257), "a\nb")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> list.addSubject(EVE, text, "admin", FOR_EVER));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> list.addSubject(EVE, "theft", text, FOR_EVER));
    }
  }

  /** Answers while it is opened, and then no more. */
  private static final class GoesAway implements WatchListStore {
    private boolean opened;

    private static FaceLockException.Store away() {
      return new FaceLockException.Store("The store is away; start it");
    }

    @Override
    public boolean insert(WatchListEntry entry) {
      throw away();
    }

    @Override
    public boolean replace(WatchListEntry next) {
      throw away();
    }

    @Override
    public boolean delete(WatchListEntryId id) {
      throw away();
    }

    @Override
    public int deleteExpired(Instant now) {
      throw away();
    }

    @Override
    public List<WatchListEntry> list(Instant now) {
      return List.of();
    }

    @Override
    public long revision() {
      if (opened) {
        throw away();
      }
      opened = true;
      return 0;
    }
  }

  @Test
  void aStoreThatDoesNotAnswerMakesTheLookFail() {
    WatchListRegistry broken =
        new WatchListRegistry(
            new GoesAway(),
            keys,
            audit,
            random,
            clock,
            WatchListRules.ofDefaults(),
            Optional.empty());
    assertThatThrownBy(() -> broken.named(EVE)).isInstanceOf(FaceLockException.Store.class);
  }

  // Entries by rule.

  private static final AutomaticEntries THREE =
      new AutomaticEntries(3, Duration.ofMinutes(10), true, Duration.ofHours(1));

  private FactorContext login() {
    return Logins.of(EVE, clock.instant());
  }

  @Test
  void aStrangerWhoIsRefusedAgainAndAgainIsWatchedForATime() {
    WatchListRegistry rules = registry(WatchListRules.ofDefaults().withAutomatic(THREE));
    rules.refused(login(), faces(0, 1), "no-match");
    rules.refused(login(), faces(1, 1), "no-match");
    rules.refused(login(), faces(0, .9), "no-match");
    assertThat(store.list(NOON)).isEmpty();
    rules.refused(login(), faces(0, .8), "no-match");

    assertThat(rules.seen(faces(0, .8))).isPresent();
    assertThat(rules.seen(faces(1, 1))).as("another stranger").isEmpty();
    WatchedPerson added = rules.list().get(0);
    assertThat(added.addedBy()).isEqualTo("rule:failures");
    assertThat(added.expiresAt()).contains(NOON.plus(Duration.ofHours(1)));
    assertThat(lastEvent().details()).containsEntry("by", "rule:failures");
  }

  @Test
  void refusalsAreForgottenWithTheirWindow() {
    WatchListRegistry rules = registry(WatchListRules.ofDefaults().withAutomatic(THREE));
    for (int i = 0; i < 6; i++) {
      rules.refused(login(), faces(0, 1), "no-match");
      clock.advance(Duration.ofMinutes(5));
    }
    assertThat(store.list(NOON)).isEmpty();
  }

  @Test
  void oneAttackIsEnoughWhereTheRuleSaysSo() {
    registry(WatchListRules.ofDefaults().withAutomatic(THREE))
        .refused(login(), faces(0, 1), "attack-suspected");
    assertThat(list.list())
        .extracting(WatchedPerson::addedBy)
        .containsExactly("rule:attack-suspected");

    AutomaticEntries lenient =
        new AutomaticEntries(3, Duration.ofMinutes(10), false, Duration.ofHours(1));
    registry(WatchListRules.ofDefaults().withAutomatic(lenient))
        .refused(login(), faces(1, 1), "attack-suspected");
    assertThat(list.list()).hasSize(1);
  }

  @Test
  void aFaceThatResemblesSomebodyEnrolledIsNeverAdded() {
    WatchListRegistry rules = registry(WatchListRules.ofDefaults().withAutomatic(THREE));
    resembles = true;
    for (int i = 0; i < 10; i++) {
      rules.refused(login(), faces(0, 1), "attack-suspected");
    }
    assertThat(store.list(NOON)).isEmpty();
  }

  @Test
  void withoutTheRuleNobodyIsAdded() {
    for (int i = 0; i < 10; i++) {
      list.refused(login(), faces(0, 1), "attack-suspected");
    }
    assertThat(store.list(NOON)).isEmpty();
  }

  @Test
  void rulesAreBounded() {
    Duration hour = Duration.ofHours(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AutomaticEntries(1, hour, true, hour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AutomaticEntries(101, hour, true, hour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AutomaticEntries(2, Duration.ofSeconds(59), true, hour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AutomaticEntries(2, Duration.ofDays(2), true, hour));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AutomaticEntries(2, hour, true, Duration.ofDays(366)));
  }
}
