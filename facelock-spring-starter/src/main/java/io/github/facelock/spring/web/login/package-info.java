/** The login over HTTP: JSON for applications and scripts, pages for people. */
@NullMarked
package io.github.facelock.spring.web.login;

import org.jspecify.annotations.NullMarked;
