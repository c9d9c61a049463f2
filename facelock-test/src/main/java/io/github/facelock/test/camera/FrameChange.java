package io.github.facelock.test.camera;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Changes one frame; leaves the frame that it is given as it is. */
@FunctionalInterface
interface FrameChange {

  BufferedImage apply(BufferedImage image, SplittableRandom random);
}
