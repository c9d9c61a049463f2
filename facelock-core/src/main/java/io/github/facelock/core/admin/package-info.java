/** The administration: who may do what, and the subjects' life from registration to erasure. */
@NullMarked
package io.github.facelock.core.admin;

import org.jspecify.annotations.NullMarked;
