/** The watch-list: kept sealed, searched before anything is revealed, and fed by rules. */
@NullMarked
package io.github.facelock.core.watchlist;

import org.jspecify.annotations.NullMarked;
