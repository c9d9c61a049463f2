/** The pages that the application is about. */
@NullMarked
package io.github.facelock.examples.web.home;

import org.jspecify.annotations.NullMarked;
