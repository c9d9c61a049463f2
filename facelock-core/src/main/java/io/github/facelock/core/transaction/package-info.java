/**
 * The engine: leads a login through the steps of a policy, one request at a time, with all state
 * sealed behind a handle that works once.
 */
@NullMarked
package io.github.facelock.core.transaction;

import org.jspecify.annotations.NullMarked;
