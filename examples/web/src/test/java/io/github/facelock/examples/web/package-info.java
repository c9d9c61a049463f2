/** The application as its users see it: in a browser. */
@NullMarked
package io.github.facelock.examples.web;

import org.jspecify.annotations.NullMarked;
