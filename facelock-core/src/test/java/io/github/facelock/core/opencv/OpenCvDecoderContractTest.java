package io.github.facelock.core.opencv;

import io.github.facelock.core.image.DecodeLimits;
import io.github.facelock.core.image.SafePictureDecoder;
import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.test.contract.PictureDecoderContract;

/** OpenCV behind the guard. */
class OpenCvDecoderContractTest extends PictureDecoderContract {

  @Override
  protected PictureDecoder newDecoder() {
    return new SafePictureDecoder(DecodeLimits.defaults(), new OpenCvPixelSource());
  }
}
