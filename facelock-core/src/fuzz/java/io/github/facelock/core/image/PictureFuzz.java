package io.github.facelock.core.image;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any file is a picture or a refusal; the corpus is the one of {@link PictureFuzzTest}. */
class PictureFuzz {

  private final PictureFuzzTest invariants = new PictureFuzzTest();

  @FuzzTest(maxDuration = "60s")
  void aFileIsAPictureOrARefusal(byte[] file) {
    invariants.judgeInstrumented(file);
  }
}
