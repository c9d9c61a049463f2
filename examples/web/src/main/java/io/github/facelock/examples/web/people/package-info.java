/** The people of the demonstration, made of public photographs. */
@NullMarked
package io.github.facelock.examples.web.people;

import org.jspecify.annotations.NullMarked;
