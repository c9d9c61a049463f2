/** The quickstart: people from photographs log in, or are turned away, in plain Java. */
@NullMarked
package io.github.facelock.examples.quickstart;

import org.jspecify.annotations.NullMarked;
