/** Interfaces of the face step's stages, each replaceable on its own. */
@NullMarked
package io.github.facelock.spi.face;

import org.jspecify.annotations.NullMarked;
