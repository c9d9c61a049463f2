package io.github.facelock.test.simulation;

import java.util.random.RandomGenerator;

/** The small unrest of a head or a hand: slow waves that do not repeat within a clip. */
final class Tremor {

  private static final int WAVES = 3;

  private final double[] rates;
  private final double[] phases;

  /** Of as many independent values as asked. */
  Tremor(int values, RandomGenerator random) {
    rates = new double[values * WAVES];
    phases = new double[values * WAVES];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = 2 * Math.PI * (0.15 + 1.4 * random.nextDouble() * random.nextDouble());
      phases[i] = 2 * Math.PI * random.nextDouble();
    }
  }

  /** One of the values: mean 0, within ±1. */
  double at(int value, double seconds) {
    double sum = 0;
    for (int i = value * WAVES; i < (value + 1) * WAVES; i++) {
      sum += Math.sin(rates[i] * seconds + phases[i]);
    }
    return sum / WAVES;
  }
}
