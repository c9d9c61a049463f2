package io.github.facelock.core.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/**
 * Coverage-guided fuzzing, from the same corpus as {@link PictureFuzzTest}. Not part of the default
 * build, because its agent instruments the whole test JVM: {@code mvn test -Pfuzz -pl facelock-core
 * -am}.
 */
@Tag("fuzz")
class PictureJazzerTest {

  private final PictureFuzzTest invariants = new PictureFuzzTest();

  @FuzzTest(maxDuration = "2m")
  void aFileIsAPictureOrARefusal(byte[] file) {
    invariants.judge(file, "Jazzer");
  }
}
