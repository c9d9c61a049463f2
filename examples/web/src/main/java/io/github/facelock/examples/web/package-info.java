/** A web application with FaceLock: where it starts, and who may see what. */
@NullMarked
package io.github.facelock.examples.web;

import org.jspecify.annotations.NullMarked;
