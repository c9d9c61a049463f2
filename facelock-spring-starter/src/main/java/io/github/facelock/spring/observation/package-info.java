/** What logins come to, counted and timed: by Micrometer where it is there, never by person. */
@NullMarked
package io.github.facelock.spring.observation;

import org.jspecify.annotations.NullMarked;
