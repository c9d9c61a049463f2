/** Signed proofs of a login, for services that were not there: issued and verified. */
@NullMarked
package io.github.facelock.core.token;

import org.jspecify.annotations.NullMarked;
