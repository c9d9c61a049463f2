/** Programs that measure FaceLock, each with its own main method. */
@NullMarked
package io.github.facelock.benchmarks;

import org.jspecify.annotations.NullMarked;
