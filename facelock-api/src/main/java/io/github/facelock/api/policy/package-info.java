/** Which factors are asked for, in which order, and how strict the face comparison is. */
@NullMarked
package io.github.facelock.api.policy;

import org.jspecify.annotations.NullMarked;
