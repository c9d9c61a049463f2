/**
 * How well presentation attacks are told from people, on a user's own clips and on simulated ones.
 */
@NullMarked
package io.github.facelock.benchmarks.pad;

import org.jspecify.annotations.NullMarked;
