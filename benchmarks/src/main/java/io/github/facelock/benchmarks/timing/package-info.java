/** Whether the time of an answer tells what the answer does not. */
@NullMarked
package io.github.facelock.benchmarks.timing;

import org.jspecify.annotations.NullMarked;
