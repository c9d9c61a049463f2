/** Does at intervals what nobody waits for: deleting what is kept no longer, re-encrypting. */
@NullMarked
package io.github.facelock.core.housekeeping;

import org.jspecify.annotations.NullMarked;
