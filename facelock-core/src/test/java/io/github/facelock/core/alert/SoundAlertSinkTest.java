package io.github.facelock.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import org.junit.jupiter.api.Test;

/** What comes out of the loudspeaker, measured. */
class SoundAlertSinkTest {

  private static final int QUARTER_SECOND = 5512;

  private final Desk world = new Desk();
  private final List<AudioFormat> formats = new ArrayList<>();

  private short[] played(Alert.Cause cause, Alert.Severity severity) {
    List<byte[]> all = new ArrayList<>();
    SoundAlertSink sink =
        new SoundAlertSink(
            (format, samples) -> {
              formats.add(format);
              all.add(samples);
            });
    sink.deliver(AlertMessage.of("m", world.alert(cause), severity));
    ShortBuffer samples =
        ByteBuffer.wrap(all.get(0)).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    short[] shorts = new short[samples.remaining()];
    samples.get(shorts);
    return shorts;
  }

  /** Half the number of times that the wave crosses zero. */
  private static double hertz(short[] samples, int part) {
    int crossings = 0;
    int from = part * QUARTER_SECOND;
    for (int i = from + 1; i < from + QUARTER_SECOND; i++) {
      crossings += (samples[i - 1] < 0) != (samples[i] < 0) ? 1 : 0;
    }
    return crossings * 2.0;
  }

  @Test
  void aCriticalAlertIsTwoPitchesInTurnForTwoSeconds() {
    short[] samples = played(Alert.Cause.SENSOR_OPENED, Alert.Severity.CRITICAL);
    assertThat(formats.get(0).getSampleRate()).isEqualTo(22_050);
    assertThat(formats.get(0).isBigEndian()).isFalse();
    assertThat(samples).hasSize(8 * QUARTER_SECOND);
    for (int part = 0; part < 8; part++) {
      assertThat(hertz(samples, part))
          .as("part %d", part)
          .isBetween(part % 2 == 0 ? 870.0 : 650.0, part % 2 == 0 ? 890.0 : 670.0);
    }
  }

  @Test
  void anyOtherAlertIsOnePitchForHalfASecond() {
    short[] samples = played(Alert.Cause.LOCKED, Alert.Severity.WARNING);
    assertThat(samples).hasSize(2 * QUARTER_SECOND);
    assertThat(hertz(samples, 0)).isBetween(870.0, 890.0);
    assertThat(hertz(samples, 1)).isBetween(870.0, 890.0);
  }

  @Test
  void eachPartSwellsToItsLoudnessAndFadesSoThatNothingCracks() {
    short[] samples = played(Alert.Cause.SENSOR_OPENED, Alert.Severity.CRITICAL);
    int loudest = (int) (0.6 * Short.MAX_VALUE);
    for (int part = 0; part < 8; part++) {
      int from = part * QUARTER_SECOND;
      assertThat(peak(samples, from + 500, from + QUARTER_SECOND - 500))
          .isBetween(loudest * 9 / 10, loudest);
      assertThat(peak(samples, from, from + 10)).isLessThan(loudest / 20);
      assertThat(peak(samples, from + QUARTER_SECOND - 10, from + QUARTER_SECOND))
          .isLessThan(loudest / 20);
      assertThat(peak(samples, from + 20, from + 130)).isGreaterThan(loudest / 4);
    }
  }

  private static int peak(short[] samples, int from, int to) {
    int peak = 0;
    for (int i = from; i < to; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }

  @Test
  void duressIsSilentHoweverMuchItMatters() {
    assertThat(played(Alert.Cause.DURESS, Alert.Severity.CRITICAL)).containsOnly((short) 0);
  }
}
