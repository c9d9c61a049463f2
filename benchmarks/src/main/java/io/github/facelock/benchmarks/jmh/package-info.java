/** JMH benchmarks of the stages of the face step, and of all of them together. */
@NullMarked
package io.github.facelock.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
