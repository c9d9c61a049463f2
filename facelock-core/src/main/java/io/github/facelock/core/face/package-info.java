/**
 * The face step: from frames to observed faces with guidance, from faces to a decision, and
 * enrolment.
 */
@NullMarked
package io.github.facelock.core.face;

import org.jspecify.annotations.NullMarked;
