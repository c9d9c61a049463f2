/** Measures error rates on a folder of labelled pictures, and writes them down. */
@NullMarked
package io.github.facelock.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
