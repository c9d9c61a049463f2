/** Error rates of a comparison, from its scores: knows nothing of faces. */
@NullMarked
package io.github.facelock.benchmarks.statistics;

import org.jspecify.annotations.NullMarked;
