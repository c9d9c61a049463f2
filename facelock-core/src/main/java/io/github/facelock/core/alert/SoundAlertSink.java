package io.github.facelock.core.alert;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.Alert;
import io.github.facelock.spi.AlertMessage;
import io.github.facelock.spi.AlertSink;
import java.io.IOException;
import java.util.Objects;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;

/**
 * Plays a tone on the machine's loudspeaker: two pitches in turn for what is critical, one for the
 * rest. Silence is played for duress, whatever the rules say: whoever forces somebody must not hear
 * it. Thread-safe; a tone takes two seconds at most.
 */
public final class SoundAlertSink implements AlertSink {

  private static final float RATE = 22_050;
  private static final AudioFormat FORMAT = new AudioFormat(RATE, 16, 1, true, false);

  /** Plays samples, and returns when they were played. */
  @FunctionalInterface
  interface Loudspeaker {
    void play(AudioFormat format, byte[] samples) throws IOException;
  }

  private final Loudspeaker loudspeaker;

  /** Uses the machine's loudspeaker, when there is something to play. */
  public SoundAlertSink() {
    this(SoundAlertSink::play);
  }

  SoundAlertSink(Loudspeaker loudspeaker) {
    this.loudspeaker = loudspeaker;
  }

  /**
   * {@inheritDoc}
   *
   * @throws FaceLockException.Delivery if the machine has no loudspeaker, or another program has it
   */
  @Override
  public void deliver(AlertMessage message) {
    Objects.requireNonNull(message, "message");
    byte[] tone = tone(message.severity() == Alert.Severity.CRITICAL);
    try {
      boolean silent = message.alert().cause() == Alert.Cause.DURESS;
      loudspeaker.play(FORMAT, silent ? new byte[tone.length] : tone);
    } catch (IOException e) {
      throw new FaceLockException.Delivery(
          "No sound came out: connect a loudspeaker, let this user use the audio device, or take"
              + " the sound sink out of the alert targets",
          true,
          e);
    }
  }

  private static byte[] tone(boolean critical) {
    int half = (int) RATE / 4;
    int parts = critical ? 8 : 2;
    byte[] samples = new byte[parts * half * 2];
    for (int i = 0; i < parts * half; i++) {
      double pitch = critical && (i / half) % 2 == 1 ? 660 : 880;
      // Each part swells and fades within 10 ms, so that the loudspeaker does not crack.
      int within = i % half;
      double edge = Math.min(1, Math.min(within, half - within) / (RATE / 100));
      int sample = (int) (0.6 * edge * Short.MAX_VALUE * Math.sin(2 * Math.PI * pitch * i / RATE));
      samples[2 * i] = (byte) sample;
      samples[2 * i + 1] = (byte) (sample >> 8);
    }
    return samples;
  }

  private static void play(AudioFormat format, byte[] samples) throws IOException {
    try (SourceDataLine line = AudioSystem.getSourceDataLine(format)) {
      line.open(format);
      line.start();
      int unused = line.write(samples, 0, samples.length);
      line.drain();
    } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
      // An IllegalArgumentException is how the runtime says that there is no such line at all.
      throw new IOException(e.getClass().getSimpleName(), e);
    }
  }
}
