/** The administration's pages: files below {@code static/admin}, over the starter's JSON. */
@NullMarked
package io.github.facelock.examples.web.admin;

import org.jspecify.annotations.NullMarked;
