/** Who may administer what, and what administrators see and do. */
@NullMarked
package io.github.facelock.api.admin;

import org.jspecify.annotations.NullMarked;
