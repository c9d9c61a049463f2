package io.github.facelock.benchmarks.pad;

import java.util.Optional;

/**
 * One presentation.
 *
 * @param name tells it apart, for example its path
 * @param species the kind of attack; empty for a bona fide presentation
 * @param clip whether it is a clip, not a single picture
 */
public record PadSample(String name, Optional<String> species, boolean clip) {}
