/** What Spring Boot finds by itself: {@code facelock.*} properties and the beans made of them. */
@NullMarked
package io.github.facelock.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
