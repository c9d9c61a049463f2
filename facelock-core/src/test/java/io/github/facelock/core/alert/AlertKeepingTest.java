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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
}
