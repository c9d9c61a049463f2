/** Where state lives. Atomicity is part of each contract; facelock-test has a suite for each. */
@NullMarked
package io.github.facelock.spi.store;

import org.jspecify.annotations.NullMarked;
