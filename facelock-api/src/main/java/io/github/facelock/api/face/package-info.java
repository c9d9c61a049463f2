/** Values of the face step: pictures, captures, detected faces, landmarks, templates, scores. */
@NullMarked
package io.github.facelock.api.face;

import org.jspecify.annotations.NullMarked;
