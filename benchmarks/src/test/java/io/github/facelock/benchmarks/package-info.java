/** Tests of the programs. */
package io.github.facelock.benchmarks;
