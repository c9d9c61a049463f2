package io.github.facelock.core.image;

import io.github.facelock.spi.face.PictureDecoder;
import io.github.facelock.test.contract.PictureDecoderContract;

class SafePictureDecoderContractTest extends PictureDecoderContract {

  @Override
  protected PictureDecoder newDecoder() {
    return new SafePictureDecoder(DecodeLimits.defaults());
  }
}
