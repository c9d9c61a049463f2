/**
 * Stores in the memory of one process: the reference for every other store, and enough for a single
 * node that may forget open logins when it restarts.
 */
@NullMarked
package io.github.facelock.core.store.memory;

import org.jspecify.annotations.NullMarked;
