/** Seals what must not be read or moved: authenticated encryption under named, rotatable keys. */
@NullMarked
package io.github.facelock.core.crypto;

import org.jspecify.annotations.NullMarked;
