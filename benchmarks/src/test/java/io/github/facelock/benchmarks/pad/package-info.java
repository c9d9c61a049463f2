@org.jspecify.annotations.NullMarked
package io.github.facelock.benchmarks.pad;
