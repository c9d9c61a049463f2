package io.github.facelock.core.alert;

import static io.github.facelock.core.alert.Desk.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.face.CapturedFrame;
import io.github.facelock.api.face.Picture;
import io.github.facelock.core.alert.Desk.Sink;
import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.JpegWriter;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AuditEvent;
import io.github.facelock.spi.NoticeChannel;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.spi.store.OutboxEntry.State;
import io.github.facelock.spi.store.SnapshotStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is kept of alerts, for how long, and what subjects are told. */
@Timeout(60)
class AlertKeepingTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Desk world = new Desk();
  private final Sink guard = new Sink();

  private static byte[] photograph() {
    Picture.Builder picture = Picture.builder(1000, 500);
    for (int i = 0; i < picture.pixels().length; i++) {
      picture.pixels()[i] = (byte) (i / 977);
    }
    return JpegWriter.encode(picture.build(), 2000);
  }

  @Test
  void aSnapshotIsKeptOnlyWhereAskedForSealedEncodedAnewAndForItsTime() {
    CapturedFrame frame = CapturedFrame.encoded(Duration.ZERO, photograph());
    AlertDesk without = world.open(Desk.telling(guard));
    without.raise(world.alert(Alert.Cause.WATCH_LIST), Optional.of(frame));
    without.deliverDue();
    assertThat(without.snapshot(world.onlyEntry().id())).isEmpty();
    assertThat(guard.taken.get(0).snapshot()).isEmpty();

    world.later(MINUTE.multipliedBy(10));
    AlertDesk desk = world.open(Desk.telling(guard).snapshots(Duration.ofDays(7)));
    desk.raise(world.alert(Alert.Cause.LOCKED), Optional.of(frame));
    desk.raise(world.alert(Alert.Cause.WATCH_LIST), Optional.of(frame));
    desk.deliverDue();

    AlertMessage message =
        guard.taken.stream()
            .filter(m -> m.alert().cause() == Alert.Cause.WATCH_LIST && m.snapshot().isPresent())
            .findFirst()
            .orElseThrow();
    byte[] jpeg = message.snapshot().orElseThrow().jpeg();
    PictureDecoder.Decoded decoded = new SafePictureDecoder(DecodeLimits.defaults()).decode(jpeg);
    assertThat(((PictureDecoder.Decoded.Usable) decoded).picture().width()).isEqualTo(640);
    String id = message.id().substring(0, message.id().indexOf('.'));
    byte[] stored = world.snapshots.find(id, world.clock.instant()).orElseThrow();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1))
        .doesNotContain(new String(jpeg, 0, 20, StandardCharsets.ISO_8859_1));
    assertThat(guard.taken.stream().filter(m -> m.alert().cause() == Alert.Cause.LOCKED))
        .allMatch(m -> m.snapshot().isEmpty());

    world.later(Duration.ofDays(7).minusMillis(1));
    desk.purge();
    assertThat(desk.snapshot(id)).isPresent();
    world.later(Duration.ofMillis(1));
    desk.purge();
    assertThat(desk.snapshot(id)).isEmpty();
    assertThat(world.snapshots.find(id, Desk.START)).isEmpty();
  }

  @Test
  void aFileThatIsNoPictureIsNotKeptAndTheAlertGoesOutAllTheSame() {
    AlertDesk desk = world.open(Desk.telling(guard).snapshots(Duration.ofDays(7)));
    desk.raise(
        world.alert(Alert.Cause.ATTACK_SUSPECTED),
        Optional.of(CapturedFrame.encoded(Duration.ZERO, new byte[] {1, 2, 3})));
    desk.deliverDue();
    assertThat(guard.taken.get(0).snapshot()).isEmpty();
    assertThat(world.snapshots.deleteExpired(Instant.MAX)).isZero();
  }

  @Test
  void theSnapshotsOfAnErasedSubjectGo() {
    AlertDesk desk = world.open(Desk.telling(guard).snapshots(Duration.ofDays(7)));
    CapturedFrame frame = CapturedFrame.decoded(Duration.ZERO, Picture.copyOf(2, 2, new byte[12]));
    desk.raise(world.alert(Alert.Cause.WATCH_LIST), Optional.of(frame));
    desk.raise(world.alert(Alert.Cause.WATCH_LIST, "bob", "door"), Optional.of(frame));

    assertThat(desk.eraseSnapshots(ALICE)).isEqualTo(1);
    assertThat(desk.eraseSnapshots(ALICE)).isZero();
    assertThat(world.snapshots.deleteExpired(Instant.MAX)).isEqualTo(1);
  }

  @Test
  void finishedAlertsGoAfterTheirTime() {
    AlertDesk desk = world.open(Desk.telling(guard).keepFinished(Duration.ofDays(10)));
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    world.later(Duration.ofDays(1));
    desk.deliverDue();
    desk.purge();
    assertThat(world.entries()).hasSize(1);
    world.later(Duration.ofDays(9).plusMillis(1));
    desk.purge();
    assertThat(world.entries()).isEmpty();
  }

  private record Notice(String destination, AlertMessage message) {}

  private static final class Notices implements NoticeChannel {
    final List<Notice> sent = new ArrayList<>();

    @Override
    public FactorType addresses() {
      return FactorType.EMAIL_CODE;
    }

    @Override
    public synchronized void notify(Secret destination, Locale locale, AlertMessage message) {
      sent.add(new Notice(new String(destination.reveal()), message));
    }
  }

  @Test
  void subjectsAreToldAtTheOldAndTheNewAddressAndAdministratorsApart() {
    Notices notices = new Notices();
    AlertDesk desk = world.open(Desk.telling(guard).tellSubjectsBy(notices));
    NoticeAddress now = new NoticeAddress(FactorType.EMAIL_CODE, Secret.of("new@example.org"));
    NoticeAddress before = new NoticeAddress(FactorType.EMAIL_CODE, Secret.of("old@example.org"));
    NoticeAddress phone = new NoticeAddress(FactorType.SMS_CODE, Secret.of("+491701234567"));
    world.addresses.put(ALICE, List.of(now, phone));

    desk.raiseChanged(world.alert(Alert.Cause.CREDENTIALS_CHANGED), List.of(before, now));
    desk.deliverDue();

    assertThat(notices.sent)
        .extracting(Notice::destination)
        .containsExactlyInAnyOrder("old@example.org", "new@example.org");
    assertThat(notices.sent).allMatch(notice -> notice.message().acknowledge().isEmpty());
    assertThat(guard.taken).hasSize(1);
    assertThat(desk.list(EnumSet.allOf(State.class), 0, 10).stream().filter(AlertRecord::notice))
        .hasSize(1);
    assertThat(world.audited(AuditEvent.Type.ALERT_SENT).toString()).doesNotContain("example.org");
    desk.raise(world.alert(Alert.Cause.LOCKED));
    desk.deliverDue();
    assertThat(notices.sent).as("a lock is no change of one's own").hasSize(2);
  }

  @Test
  void theOldestOfManyAlertsAboutASubjectLosesItsPictureToo() {
    AlertDesk desk =
        world.open(
            Desk.telling(guard).snapshots(Duration.ofDays(7)).stormCap(1000, Duration.ofDays(1)));
    CapturedFrame frame = CapturedFrame.decoded(Duration.ZERO, Picture.copyOf(2, 2, new byte[12]));
    desk.raise(world.alert(Alert.Cause.WATCH_LIST), Optional.of(frame));
    for (int i = 0; i < 250; i++) {
      world.later(Duration.ofMillis(1));
      desk.raise(world.alert(Alert.Cause.LOCKED, "subject-" + i, "door"));
    }
    assertThat(desk.eraseSnapshots(ALICE)).isEqualTo(1);
    assertThat(world.snapshots.deleteExpired(Instant.MAX)).isZero();
  }

  @Test
  void aPictureAsItCameIsReplacedByOneWithoutItsMetadata() {
    byte[] jpeg = photograph();
    byte[] comment = "GPS 48.1374 11.5755".getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer withComment = ByteBuffer.allocate(jpeg.length + comment.length + 4);
    // A comment segment (ITU-T T.81, B.2.4.5) after the start of the image.
    withComment.put(jpeg, 0, 2).putShort((short) 0xFFFE).putShort((short) (comment.length + 2));
    withComment.put(comment).put(jpeg, 2, jpeg.length - 2);
    AlertDesk desk = world.open(Desk.telling(guard).snapshots(Duration.ofDays(7)));
    desk.raise(
        world.alert(Alert.Cause.WATCH_LIST),
        Optional.of(CapturedFrame.encoded(Duration.ZERO, withComment.array())));
    String id = world.onlyEntry().id();
    assertThat(kept(id)).contains("GPS");

    desk.deliverDue();

    assertThat(kept(id)).doesNotContain("GPS");
    assertThat(desk.snapshot(id)).isPresent();
    assertThat(new String(desk.snapshot(id).orElseThrow().jpeg(), StandardCharsets.ISO_8859_1))
        .doesNotContain("GPS");
  }

  /** What the store holds, opened: one byte, then the file. */
  private String kept(String id) {
    byte[] sealed = world.snapshots.find(id, world.clock.instant()).orElseThrow();
    byte[] place = ("snapshot/" + id).getBytes(StandardCharsets.UTF_8);
    return new String(world.keys.open(sealed, place), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aPictureLargerThanTheStoreTakesIsMadeSmallerAtOnce() {
    byte[] jpeg = photograph();
    byte[] large = Arrays.copyOf(jpeg, SnapshotStore.MAX_LENGTH + 1);
    AlertDesk desk = world.open(Desk.telling(guard).snapshots(Duration.ofDays(7)));
    desk.raise(
        world.alert(Alert.Cause.WATCH_LIST),
        Optional.of(CapturedFrame.encoded(Duration.ZERO, large)));
    assertThat(desk.snapshot(world.onlyEntry().id()).orElseThrow().jpeg().length)
        .isLessThan(jpeg.length * 2);
  }

  @Test
  void whatIsPurgedIsCountedInBothPlaces() {
    AlertDesk desk =
        world.open(Desk.telling(guard).snapshots(MINUTE).keepFinished(Duration.ofHours(1)));
    CapturedFrame frame = CapturedFrame.decoded(Duration.ZERO, Picture.copyOf(2, 2, new byte[12]));
    desk.raise(world.alert(Alert.Cause.WATCH_LIST), Optional.of(frame));
    desk.deliverDue();
    world.later(Duration.ofHours(1));
    desk.deliverDue();
    desk.purge();
    assertThat(world.snapshots.deleteExpired(Instant.MAX)).isZero();
    assertThat(world.entries()).as("finished just now").hasSize(1);
    world.later(Duration.ofMillis(1));
    desk.purge();
    assertThat(world.entries()).isEmpty();
  }

  @Test
  void aSubjectWithoutAnAddressThatAChannelReachesGetsNoNotice() {
    AlertDesk desk = world.open(Desk.telling(guard).tellSubjectsBy(new Notices()));
    world.addresses.put(
        ALICE, List.of(new NoticeAddress(FactorType.SMS_CODE, Secret.of("+491701234567"))));
    desk.raise(world.alert(Alert.Cause.CREDENTIALS_CHANGED));
    assertThat(world.entries()).as("the administrators' alert alone").hasSize(1);
  }

  @Test
  void everyChangeIsANoticeOfItsOwn() {
    Notices notices = new Notices();
    AlertDesk desk = world.open(Desk.telling(guard).tellSubjectsBy(notices));
    world.addresses.put(
        ALICE, List.of(new NoticeAddress(FactorType.EMAIL_CODE, Secret.of("a@example.org"))));
    desk.raise(world.alert(Alert.Cause.CREDENTIALS_CHANGED));
    desk.raise(world.alert(Alert.Cause.CREDENTIALS_CHANGED));
    desk.deliverDue();
    assertThat(notices.sent).hasSize(2);
    assertThat(guard.taken).as("administrators' alerts are folded").hasSize(1);
  }

  @Test
  void aLateRepetitionOpensWhatIsDoneUnlessSomebodyAcknowledged() {
    AlertDesk desk = world.open(Desk.telling(guard));
    Alert first = world.alert(Alert.Cause.LOCKED);
    Alert other = world.alert(Alert.Cause.DURESS);
    desk.raise(first);
    desk.raise(other);
    desk.deliverDue();
    String acknowledged =
        desk.list(EnumSet.allOf(State.class), 0, 10).stream()
            .filter(record -> record.alert().orElseThrow().cause() == Alert.Cause.DURESS)
            .findFirst()
            .orElseThrow()
            .id();
    assertThat(desk.acknowledge(acknowledged, "carol")).isEqualTo(Acknowledgement.ACKNOWLEDGED);
    world.later(MINUTE.multipliedBy(6));
    desk.deliverDue();
    assertThat(desk.list(EnumSet.of(State.DONE), 0, 10)).hasSize(2);

    desk.raise(first);
    desk.raise(other);
    desk.deliverDue();

    assertThat(guard.taken).extracting(AlertMessage::count).containsExactlyInAnyOrder(1, 1, 2);
    assertThat(desk.list(EnumSet.of(State.DONE), 0, 10))
        .extracting(AlertRecord::count)
        .containsExactly(2, 2);
  }

  @Test
  void aLongTextOfAClientIsCutBetweenCharactersAndTheAlertIsKept() {
    AlertDesk desk = world.open(Desk.telling(guard));
    String face = "\uD83D\uDE00";
    for (String source : List.of("x".repeat(1024), "x".repeat(1023) + face, face.repeat(600))) {
      desk.raise(world.alert(Alert.Cause.LOCKED, "alice", source));
    }
    assertThat(desk.list(EnumSet.of(State.WAITING), 0, 10))
        .extracting(record -> record.alert().orElseThrow().source())
        .containsExactlyInAnyOrder("x".repeat(1024), "x".repeat(1023), face.repeat(512));
  }
}
