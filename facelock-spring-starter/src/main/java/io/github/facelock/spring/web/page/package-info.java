/**
 * How pages are made: templates, texts in five languages, and headers that allow no foreign code.
 */
@NullMarked
package io.github.facelock.spring.web.page;

import org.jspecify.annotations.NullMarked;
