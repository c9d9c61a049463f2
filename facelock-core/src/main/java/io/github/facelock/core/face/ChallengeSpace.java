package io.github.facelock.core.face;

import io.github.facelock.api.face.IlluminationColour;
import io.github.facelock.api.face.LivenessAction;
import io.github.facelock.api.face.LivenessChallenge;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All orders of deliberate actions that a set allows, and the draw out of them. Immutable.
 *
 * <p>A clip fits one order at most. So whoever does not know the draw passes with at most one in
 * {@link #size()} − 1 (the last order of the same subject is not drawn again), which is why the
 * draw is uniform over the orders, not over their lengths. Every order has a turn or a nod, for
 * these show depth; a strict one has a turn, unless the person cannot turn, because only turns show
 * the landmarks' relief.
 */
final class ChallengeSpace {

  /** Fewer orders than this are no challenge. */
  static final int LEAST_ORDERS = 4;

  private final ChallengeRules rules;
  private final List<List<LivenessAction>> orders = new ArrayList<>();
  private final List<LivenessAction> soft;
  private final boolean turning;

  ChallengeSpace(ChallengeRules rules, Set<LivenessAction> excluded, boolean strict) {
    this.rules = rules;
    List<LivenessAction> allowed =
        rules.actions().stream().filter(a -> !excluded.contains(a)).sorted().toList();
    turning = strict && allowed.stream().anyMatch(ChallengeSpace::isTurn);
    soft = allowed.stream().filter(a -> !a.deliberate()).toList();
    extend(new ArrayList<>(), allowed.stream().filter(LivenessAction::deliberate).toList());
  }

  private void extend(List<LivenessAction> order, List<LivenessAction> deliberate) {
    if (order.size() >= rules.least() && order.stream().anyMatch(this::showsDepth)) {
      orders.add(List.copyOf(order));
    }
    if (order.size() == rules.most()) {
      return;
    }
    for (LivenessAction next : deliberate) {
      if (order.isEmpty() || order.get(order.size() - 1) != next) {
        order.add(next);
        extend(order, deliberate);
        order.remove(order.size() - 1);
      }
    }
  }

  private boolean showsDepth(LivenessAction action) {
    return turning ? isTurn(action) : action.deliberate() && action != LivenessAction.COME_CLOSER;
  }

  private static boolean isTurn(LivenessAction action) {
    return action == LivenessAction.TURN_LEFT || action == LivenessAction.TURN_RIGHT;
  }

  int size() {
    return orders.size();
  }

  /** A number that stands for an order in a store, not negative. */
  static int digest(List<LivenessAction> order) {
    return order.stream().map(LivenessAction::code).collect(Collectors.joining(",")).hashCode()
        & Integer.MAX_VALUE;
  }

  /**
   * Draws.
   *
   * @param last the {@link #digest} of the order that is not drawn
   * @param coloured whether the screen may change its colour
   * @return a challenge; empty if too few orders are left
   */
  Optional<LivenessChallenge> draw(int last, boolean coloured, SecureRandom random) {
    List<List<LivenessAction>> left = orders.stream().filter(o -> digest(o) != last).toList();
    if (orders.size() < LEAST_ORDERS) {
      return Optional.empty();
    }
    List<LivenessAction> actions = new ArrayList<>(left.get(random.nextInt(left.size())));
    if (!soft.isEmpty() && actions.size() < rules.most() && random.nextBoolean()) {
      actions.add(random.nextInt(actions.size() + 1), soft.get(random.nextInt(soft.size())));
    }
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    return Optional.of(
        new LivenessChallenge(
            Base64.getUrlEncoder().withoutPadding().encodeToString(nonce),
            actions,
            coloured ? colours(random) : List.of(),
            rules.colourTime(),
            rules.answerWithin()));
  }

  private List<IlluminationColour> colours(SecureRandom random) {
    List<IlluminationColour> colours = new ArrayList<>();
    IlluminationColour[] all = IlluminationColour.values();
    while (colours.size() < rules.colours()) {
      IlluminationColour next = all[random.nextInt(all.length)];
      if (colours.isEmpty() || colours.get(colours.size() - 1) != next) {
        colours.add(next);
      }
    }
    return colours;
  }
}
