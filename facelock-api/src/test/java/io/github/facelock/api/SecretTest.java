package io.github.facelock.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void itNeverPrints() {
    Secret secret = Secret.of("hunter2");

    assertThat(secret).hasToString("Secret[redacted]");
    assertThat(String.valueOf(Response.password("hunter2"))).doesNotContain("hunter2");
    assertThat(secret.hashCode()).isEqualTo(Secret.of("other").hashCode());
  }

  @Test
  void itIsRevealedOnRequest() {
    String text = "p\u00e4ss\u65e5\ud83d\ude00";
    Secret secret = Secret.of(text);

    assertThat(secret.reveal()).isEqualTo(text.toCharArray());
    assertThat(secret.revealUtf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(secret.length()).isEqualTo(text.length());
    assertThat(Secret.of("").revealUtf8()).isEmpty();
  }

  @Test
  void utf8IsThatOfJavaForEveryText() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 5000; round++) {
      char[] chars = new char[random.nextInt(20)];
      for (int i = 0; i < chars.length; i++) {
        chars[i] = (char) random.nextInt(random.nextBoolean() ? 0x800 : 0x10000);
      }
      assertThat(Secret.of(chars).revealUtf8())
          .as("seed %d round %d", seed, round)
          .isEqualTo(new String(chars).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void itsContentIsItsOwn() {
    char[] mine = {'a', 'b'};
    Secret secret = Secret.of(mine);
    Arrays.fill(mine, 'x');
    Arrays.fill(secret.reveal(), 'y');
    Arrays.fill(secret.revealUtf8(), (byte) 'z');

    assertThat(secret.reveal()).containsExactly('a', 'b');
  }

  @Test
  void equalTextsAreEqual() {
    assertThat(Secret.of("123456")).isEqualTo(Secret.of("123456".toCharArray()));
    assertThat(Secret.of("123456")).isNotEqualTo(Secret.of("123457"));
    assertThat(Secret.of("123456")).isNotEqualTo(Secret.of("12345"));
    assertThat(Secret.of("123456")).isNotEqualTo(Secret.of("1234567"));
    assertThat(Secret.of("")).isEqualTo(Secret.of(""));
    assertThat(Secret.of("a").equals((Object) "a")).isFalse();
  }

  @Test
  void unpairedSurrogatesAreNotQuestionMarks() {
    assertThat(Secret.of("\ud800")).isNotEqualTo(Secret.of("?"));
    assertThat(Secret.of("\ud800")).isNotEqualTo(Secret.of("\ud801"));
  }

  @Test
  void aClosedSecretIsGone() {
    Secret secret = Secret.of("hunter2");
    secret.close();
    secret.close();

    assertThatIllegalStateException().isThrownBy(secret::reveal);
    assertThatIllegalStateException().isThrownBy(secret::revealUtf8);
    assertThat(secret).hasToString("Secret[redacted]");
  }

  @Test
  void aClosedSecretEqualsNothingButItself() {
    Secret closed = Secret.of("hunter2");
    closed.close();
    Secret alsoClosed = Secret.of("hunter3");
    alsoClosed.close();

    assertThat(closed.equals(Secret.of("hunter2"))).isFalse();
    assertThat(Secret.of("\0\0\0\0\0\0\0").equals(closed)).isFalse();
    assertThat(closed.equals(alsoClosed)).isFalse();
    assertThat(closed.equals(closed)).isTrue();
  }

  @Test
  void nobodyReadsAHalfClosedSecret() {
    String text = "x".repeat(Secret.MAX_LENGTH);
    for (int round = 0; round < 300; round++) {
      Secret secret = Secret.of(text);
      CountDownLatch start = new CountDownLatch(1);
      CompletableFuture<String> reader =
          CompletableFuture.supplyAsync(
              () -> {
                start.countDown();
                String last = text;
                try {
                  while (last.equals(text)) {
                    last = new String(secret.reveal());
                  }
                  return last;
                } catch (IllegalStateException closed) {
                  return last;
                }
              });
      try {
        start.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      secret.close();
      assertThat(reader.join()).isEqualTo(text);
    }
  }

  @Test
  void theLengthIsBounded() {
    assertThat(Secret.of("x".repeat(1024)).length()).isEqualTo(1024);
    assertThatIllegalArgumentException().isThrownBy(() -> Secret.of("x".repeat(1025)));
    assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(new char[1025]));
  }

  @Test
  void nullIsRefused() {
    assertThatNullPointerException().isThrownBy(() -> Secret.of((CharSequence) null));
    assertThatNullPointerException().isThrownBy(() -> Secret.of((char[]) null));
  }
}
