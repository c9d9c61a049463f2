/**
 * Cameras, video files, and faster or other decoding and detection by OpenCV and FFmpeg, for
 * applications that add JavaCV to their class path; the rest of core never needs it.
 */
@NullMarked
package io.github.facelock.core.opencv;

import org.jspecify.annotations.NullMarked;
