package io.github.facelock.benchmarks.pad;

import io.github.facelock.test.simulation.Portrait;

/**
 * A portrait, and how far from frontal its photograph was.
 *
 * @param portrait of the person
 * @param turned degrees of yaw and pitch away from the camera
 */
public record Sitter(Portrait portrait, double turned) {}
