/** Who must not get in, and what a hit means: the watch-list as administrators see it. */
@NullMarked
package io.github.facelock.api.watchlist;

import org.jspecify.annotations.NullMarked;
