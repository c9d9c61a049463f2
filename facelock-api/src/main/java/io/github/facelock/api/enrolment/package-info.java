/** Subjects and their credentials: how a person becomes known to the system. */
@NullMarked
package io.github.facelock.api.enrolment;

import org.jspecify.annotations.NullMarked;
