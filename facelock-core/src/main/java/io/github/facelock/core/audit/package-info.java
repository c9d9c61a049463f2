/** The audit trail as a chain of keyed hashes, in which every later change is found and named. */
@NullMarked
package io.github.facelock.core.audit;

import org.jspecify.annotations.NullMarked;
