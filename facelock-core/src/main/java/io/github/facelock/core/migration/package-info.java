/** Brings people over from other systems: photographs, mail addresses, password hashes. */
@NullMarked
package io.github.facelock.core.migration;

import org.jspecify.annotations.NullMarked;
