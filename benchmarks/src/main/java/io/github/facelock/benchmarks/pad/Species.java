package io.github.facelock.benchmarks.pad;

import io.github.facelock.api.face.Capture;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import io.github.facelock.test.simulation.Handling;
import io.github.facelock.test.simulation.HeadPlace;
import io.github.facelock.test.simulation.Performance;
import io.github.facelock.test.simulation.Person;
import io.github.facelock.test.simulation.Portrait;
import io.github.facelock.test.simulation.Recordings;
import io.github.facelock.test.simulation.Scene;
import io.github.facelock.test.simulation.ScreenLight;
import io.github.facelock.test.simulation.Sheet;
import io.github.facelock.test.simulation.SheetPlace;
import io.github.facelock.test.simulation.SimulatedCamera;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Kinds of simulated presentations. All but {@link #LIVE} are attacks. */
enum Species {
  /** A simulated person who does what is asked. */
  LIVE,
  /** A flat print, tilted up to 60 degrees towards the side that is asked for. */
  PRINT_FLAT,
  /** A flat screen with moiré and glare, tilted likewise. */
  SCREEN_FLAT,
  /** A print bent with a radius of 220 mm, pitched by up to 30 degrees. */
  PRINT_BENT_220,
  /** A print bent with a radius of 150 mm, pitched likewise. */
  PRINT_BENT_150,
  /** A print bent with a radius of 120 mm, pitched likewise. */
  PRINT_BENT_120,
  /** A print bent with a radius of 90 mm, pitched likewise. */
  PRINT_BENT_90,
  /** A flat print with the eyes cut out, the attacker blinking behind it. */
  PRINT_EYE_HOLES,
  /** A print of a frontal photograph that is exchanged for one of a turned head. */
  TWO_PHOTOGRAPHS,
  /** A tablet that plays a person who answered another challenge. */
  REPLAY,
  /** An injected recording of a person who answered another challenge. */
  INJECTED_REPLAY,
  /** An injected recording whose parts were cut and joined in the order that is asked for. */
  INJECTED_CUT,
  /** An injected recording of a second, looped. */
  INJECTED_LOOP,
  /** An injected still without noise. */
  INJECTED_STILL,
  /** Another person who does what is asked, the victim's face on some frames. */
  FACE_SWAP;

  private static final SimulatedCamera CAMERA =
      SimulatedCamera.standard().framesPerSecond(10).raw();

  /** The name as in reports. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Films one presentation.
   *
   * @param victim whose face is shown
   * @param attacker another person
   * @param challenge what is asked
   * @param random where chance comes from
   */
  Capture film(
      Portrait victim, Portrait attacker, LivenessChallenge challenge, RandomGenerator random) {
    long seed = random.nextLong();
    return switch (this) {
      case LIVE -> answered(victim, challenge, random, seed);
      case PRINT_FLAT -> sheet(print(victim, challenge, random), challenge, 480, random, seed);
      case SCREEN_FLAT -> sheet(screen(victim, challenge, random), challenge, 470, random, seed);
      case PRINT_BENT_220 -> bent(victim, 220, challenge, random, seed);
      case PRINT_BENT_150 -> bent(victim, 150, challenge, random, seed);
      case PRINT_BENT_120 -> bent(victim, 120, challenge, random, seed);
      case PRINT_BENT_90 -> bent(victim, 90, challenge, random, seed);
      case PRINT_EYE_HOLES -> {
        Performance behind = Performance.of(challenge, calm(random), seed);
        Scene blinking =
            Person.of(
                attacker,
                t -> HeadPlace.frontal(500).withEyesClosed(behind.motion().at(t).eyesClosed()));
        yield sheet(
            print(victim, challenge, random).eyeHoles(blinking), challenge, 480, random, seed);
      }
      case TWO_PHOTOGRAPHS -> twoPhotographs(victim, challenge, random, seed);
      case REPLAY -> {
        Performance other = Performance.of(other(challenge, random), calm(random), seed);
        Scene recorded = Person.of(victim, other.motion());
        Sheet tablet = Sheet.replay(recorded, t -> SheetPlace.facing(atHand(seed)));
        yield camera(seed).film(tablet.litBy(ScreenLight.of(challenge), seed), other.seconds());
      }
      case INJECTED_REPLAY -> answered(victim, other(challenge, random), random, seed);
      case INJECTED_CUT -> cut(victim, challenge, random);
      case INJECTED_LOOP -> {
        Capture clip = answered(victim, challenge, random, seed);
        yield Recordings.looped(Recordings.part(clip, 0, 20), 4);
      }
      case INJECTED_STILL -> {
        Scene still = Person.of(victim, t -> HeadPlace.frontal(480));
        yield camera(seed).noise(0).film(still, 5);
      }
      case FACE_SWAP -> {
        Performance same = Performance.of(challenge, calm(random), seed);
        Capture body = camera(seed).film(lit(attacker, same, challenge), same.seconds());
        Capture face = camera(seed + 1).film(lit(victim, same, challenge), same.seconds());
        int frames = body.frames().size();
        int from = random.nextInt(frames / 4, frames / 2);
        // The frontal beginning, from which the reference comes, is the victim's.
        yield Recordings.swapped(face, body, from, frames - 5);
      }
    };
  }

  /** So near that the tablet fills the frame. */
  private static double atHand(long seed) {
    return 205 + Math.floorMod(seed, 40);
  }

  private static SimulatedCamera camera(long seed) {
    return CAMERA.seed(seed);
  }

  private static Performance.Manner calm(RandomGenerator random) {
    return Performance.Manner.usual(random);
  }

  private static Person lit(Portrait portrait, Performance answer, LivenessChallenge challenge) {
    return Person.of(portrait, answer.motion()).litBy(ScreenLight.of(challenge));
  }

  /** A person who answers a challenge, before a display that shows its colours. */
  private static Capture answered(
      Portrait portrait, LivenessChallenge challenge, RandomGenerator random, long seed) {
    Performance answer = Performance.of(challenge, calm(random), seed);
    return camera(seed).film(lit(portrait, answer, challenge), answer.seconds());
  }

  /** Another challenge, drawn likewise. */
  private static LivenessChallenge other(LivenessChallenge challenge, RandomGenerator random) {
    LivenessChallenge other;
    do {
      int movements = challenge.deliberateActions().size();
      other = Challenges.draw(random, movements, !challenge.colours().isEmpty());
    } while (other.deliberateActions().equals(challenge.deliberateActions()));
    return other;
  }

  private static Sheet print(Portrait victim, LivenessChallenge challenge, RandomGenerator random) {
    double glare = random.nextInt(3) == 0 ? random.nextDouble(0.2, 0.8) : 0;
    double border = random.nextBoolean() ? 0 : 8;
    return Sheet.print(victim, t -> SheetPlace.facing(480))
        .cues(border, 0, glare)
        .litBy(ScreenLight.of(challenge), random.nextLong());
  }

  private static Sheet screen(
      Portrait victim, LivenessChallenge challenge, RandomGenerator random) {
    return Sheet.screen(victim, t -> SheetPlace.facing(480))
        .cues(9, random.nextDouble(0, 0.1), random.nextDouble(0, 0.8))
        .litBy(ScreenLight.of(challenge), random.nextLong());
  }

  private static Capture sheet(
      Sheet sheet,
      LivenessChallenge challenge,
      double distance,
      RandomGenerator random,
      long seed) {
    Handling hand = Handling.of(challenge, Handling.Grip.sweeping(distance, random), seed);
    return camera(seed).film(sheet.moving(hand.motion()), hand.seconds());
  }

  private static Capture bent(
      Portrait victim,
      double radius,
      LivenessChallenge challenge,
      RandomGenerator random,
      long seed) {
    // LIVENESS: tilts of 25 to 50 degrees are where a bent print looks most like a turned head.
    Handling.Grip grip =
        new Handling.Grip(
            random.nextDouble(25, 55),
            random.nextDouble(20, 40),
            random.nextBoolean() ? 0 : random.nextDouble(-30, 30),
            random.nextDouble(-40, 40),
            1.6,
            480 * random.nextDouble(0.9, 1.1),
            random.nextDouble(0.7, 1.2));
    Handling hand = Handling.of(challenge, grip, seed);
    Sheet sheet = print(victim, challenge, random).bent(radius).moving(hand.motion());
    return camera(seed).film(sheet, hand.seconds());
  }

  /** Held up in turn: the photograph that fits what is asked for at that time. */
  private static Capture twoPhotographs(
      Portrait victim, LivenessChallenge challenge, RandomGenerator random, long seed) {
    Performance answer = Performance.of(challenge, calm(random), seed);
    Scene printed =
        Scene.switched(
            t -> {
              HeadPlace place = answer.motion().at(t);
              double yaw = Math.abs(place.yaw()) < 12 ? 0 : Math.signum(place.yaw()) * 30;
              double pitch = Math.abs(place.pitch()) < 9 ? 0 : Math.signum(place.pitch()) * 20;
              Scene posed =
                  Person.of(victim, u -> HeadPlace.frontal(480).withYaw(yaw).withPitch(pitch));
              double hand = 2 * Math.sin(3 * t);
              return Sheet.replay(posed, u -> new SheetPlace(hand, 0, 0, hand, 0, 210))
                  .cues(0, 0, 0);
            });
    return camera(seed).film(printed, answer.seconds());
  }

  /** Single actions recorded before, joined by cuts. */
  private static Capture cut(Portrait victim, LivenessChallenge challenge, RandomGenerator random) {
    List<Capture> parts = new ArrayList<>();
    for (LivenessAction action : challenge.actions()) {
      Performance one = Performance.of(List.of(action), calm(random), random.nextLong());
      Person person = Person.of(victim, one.motion());
      parts.add(camera(random.nextLong()).film(person, one.seconds()));
    }
    return Recordings.joined(parts);
  }
}
