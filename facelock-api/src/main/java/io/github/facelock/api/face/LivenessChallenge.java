package io.github.facelock.api.face;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the server asks a person to do in front of the camera: actions in an order that nobody could
 * know before, and colours that the screen shows meanwhile. It works once, for the login in which
 * it was drawn, and for a short time by the server's clock. Immutable.
 *
 * <p><strong>For clients.</strong> A started {@link io.github.facelock.api.Prompt} of the face
 * carries it in its parameters; {@link #in} reads them. Record {@value #MIN_FPS} to {@value
 * #MAX_FPS} unmirrored frames per second, {@link #MIN_CLIP} to {@link #MAX_CLIP} long, from before
 * the first action until after the last, each with its time since the first frame. Where there are
 * colours, the first fills the screen from the first frame on, each for {@link #colourTime()},
 * while the actions are done; after the last one the screen is as before. Show one action at a
 * time; advice for single frames comes from the capture guide. The parameters:
 *
 * <pre>{@code
 * liveness=active                        (none, passive, active, unavailable)
 * challenge=Jx0…                         names the challenge in logs; no secret, nothing to send back
 * actions=turn-left,look-up              in order
 * colours=red,blue,green                 only if the screen is to change its colour
 * colour-ms=500                          how long each colour is shown
 * answer-within-ms=30000                 from the arrival of this prompt to that of the answer
 * clip-ms=2000-12000
 * frames-per-second=5-15
 * }</pre>
 *
 * @param nonce names this challenge: 1 to 64 letters, digits, hyphens and underscores
 * @param actions 2 to 4, in order; a deliberate action does not follow itself
 * @param colours in order, no colour follows itself; empty if the screen stays as it is
 * @param colourTime how long each colour is shown, 300 ms to 2 s (WCAG 2.2, 2.3.1: never more than
 *     three flashes in a second)
 * @param answerWithin from issue to answer, 3 s to 2 min
 */
public record LivenessChallenge(
    String nonce,
    List<LivenessAction> actions,
    List<IlluminationColour> colours,
    Duration colourTime,
    Duration answerWithin) {

  /** The shortest clip. */
  public static final Duration MIN_CLIP = Duration.ofSeconds(2);

  /** The longest clip. */
  public static final Duration MAX_CLIP = Duration.ofSeconds(12);

  /** The fewest frames per second. */
  public static final int MIN_FPS = 5;

  /** The most frames per second that are looked at; of a faster clip some are left out. */
  public static final int MAX_FPS = 15;

  /** The most actions. */
  public static final int MAX_ACTIONS = 4;

  /** The parameter that tells the mode. */
  public static final String MODE = "liveness";

  private static final String NONCE = "challenge";
  private static final String ACTIONS = "actions";
  private static final String COLOURS = "colours";
  private static final String COLOUR_TIME = "colour-ms";
  private static final String ANSWER_WITHIN = "answer-within-ms";
  private static final Pattern NONCE_FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a part is out of its range
   */
  public LivenessChallenge {
    Objects.requireNonNull(colourTime, "colourTime");
    Objects.requireNonNull(answerWithin, "answerWithin");
    actions = List.copyOf(actions);
    colours = List.copyOf(colours);
    if (!NONCE_FORM.matcher(nonce).matches()) {
      throw new IllegalArgumentException(
          "A challenge's nonce has 1 to 64 letters, digits, hyphens and underscores");
    }
    if (actions.size() < 2 || actions.size() > MAX_ACTIONS) {
      throw new IllegalArgumentException(
          "A challenge has 2 to " + MAX_ACTIONS + " actions, not " + actions.size());
    }
    List<LivenessAction> deliberate =
        actions.stream().filter(LivenessAction::deliberate).collect(Collectors.toList());
    if (repeats(deliberate) || repeats(colours)) {
      throw new IllegalArgumentException(
          "No action and no colour of a challenge follows itself: one could not be told from two");
    }
    within(colourTime, 300, 2_000, "A colour is shown");
    within(answerWithin, 3_000, 120_000, "A challenge lives");
    if (colourTime.multipliedBy(colours.size()).compareTo(MAX_CLIP) > 0) {
      throw new IllegalArgumentException("The colours last longer than the longest clip");
    }
  }

  private static boolean repeats(List<?> things) {
    for (int i = 1; i < things.size(); i++) {
      if (things.get(i).equals(things.get(i - 1))) {
        return true;
      }
    }
    return false;
  }

  private static void within(Duration time, long least, long most, String what) {
    if (time.toMillis() < least || time.toMillis() > most) {
      throw new IllegalArgumentException(
          "%s %d to %d ms, not %d".formatted(what, least, most, time.toMillis()));
    }
  }

  /**
   * Shows the actions that nobody does unasked, whose order a clip must show exactly.
   *
   * @return a part of {@link #actions()}, in order
   */
  public List<LivenessAction> deliberateActions() {
    return actions.stream().filter(LivenessAction::deliberate).toList();
  }

  /**
   * Writes the parameters of a prompt.
   *
   * @return what {@link #in} reads
   */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(MODE, "active");
    parameters.put(NONCE, nonce);
    parameters.put(
        ACTIONS, actions.stream().map(LivenessAction::code).collect(Collectors.joining(",")));
    if (!colours.isEmpty()) {
      parameters.put(
          COLOURS, colours.stream().map(IlluminationColour::code).collect(Collectors.joining(",")));
    }
    parameters.put(COLOUR_TIME, Long.toString(colourTime.toMillis()));
    parameters.put(ANSWER_WITHIN, Long.toString(answerWithin.toMillis()));
    parameters.put("clip-ms", MIN_CLIP.toMillis() + "-" + MAX_CLIP.toMillis());
    parameters.put("frames-per-second", MIN_FPS + "-" + MAX_FPS);
    return parameters;
  }

  /**
   * Reads the parameters of a prompt.
   *
   * @param parameters of a {@link io.github.facelock.api.Prompt}
   * @return the challenge; empty if they carry none
   * @throws IllegalArgumentException if they carry one that is malformed
   */
  public static Optional<LivenessChallenge> in(Map<String, String> parameters) {
    if (!"active".equals(parameters.get(MODE))) {
      return Optional.empty();
    }
    List<LivenessAction> actions = new ArrayList<>();
    for (String code : need(parameters, ACTIONS).split(",", -1)) {
      actions.add(
          LivenessAction.ofCode(code)
              .orElseThrow(() -> new IllegalArgumentException("Unknown action " + code)));
    }
    List<IlluminationColour> colours = new ArrayList<>();
    String named = parameters.getOrDefault(COLOURS, "");
    for (String code : named.isEmpty() ? new String[0] : named.split(",", -1)) {
      colours.add(colour(code));
    }
    return Optional.of(
        new LivenessChallenge(
            need(parameters, NONCE),
            actions,
            colours,
            Duration.ofMillis(Long.parseLong(need(parameters, COLOUR_TIME))),
            Duration.ofMillis(Long.parseLong(need(parameters, ANSWER_WITHIN)))));
  }

  private static String need(Map<String, String> parameters, String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("A challenge's parameters lack " + name);
    }
    return value;
  }

  private static IlluminationColour colour(String code) {
    for (IlluminationColour colour : IlluminationColour.values()) {
      if (colour.code().equals(code)) {
        return colour;
      }
    }
    throw new IllegalArgumentException("Unknown colour " + code);
  }
}
