package io.github.facelock.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartBodyTest {

  private static final String PART =
      "--b\r\nContent-Disposition: form-data; name=\"frame\"\r\n\r\n";

  private static List<String> read(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    List<String> parts = new ArrayList<>();
    boolean whole =
        new MultipartBody(bytes, bytes.length, "b")
            .read(
                (name, content) ->
                    parts.add(name + "=" + new String(content, StandardCharsets.ISO_8859_1)));
    return whole ? parts : List.of("malformed");
  }

  @Test
  void partsAreReadInOrderWhateverTheyHold() {
    assertThat(read(PART + "one\r\n" + PART + "\r\n--c\r\n\r\n--b--\r\n"))
        .containsExactly("frame=one", "frame=\r\n--c\r\n");
    assertThat(read(PART + "\r\n--b--")).containsExactly("frame=");
    assertThat(read("--b--")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--",
        "--b",
        "--c--",
        "--b\r\n",
        "--b\r\n\r\n\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"frame\"\r\n\r\nnever ends",
        "--b\r\nContent-Disposition: form-data; name=\"frame\"\r\n\r\nx\r\n--bad",
        "--bContent-Disposition: form-data; name=\"frame\"\r\n\r\nx\r\n--b--"
      })
  void whatIsNotWellFormedIsRefused(String body) {
    assertThat(read(body)).containsExactly("malformed");
  }

  @Test
  void longHeadersAreRefused() {
    assertThat(
            read(
                "--b\r\nContent-Disposition: form-data; name=\"frame\"\r\nX: "
                    + "x".repeat(2000)
                    + "\r\n\r\nx\r\n--b--"))
        .containsExactly("malformed");
  }

  @Test
  void anyBytesAreReadOrRefusedAndNeverThrow() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] good =
        (PART + "one\r\n" + PART + "two\r\n--b--\r\n").getBytes(StandardCharsets.US_ASCII);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(bytes.length + 1);
      refused += new MultipartBody(bytes, length, "b").read((name, content) -> {}) ? 0 : 1;
    }
    assertThat(refused).isBetween(1_000, 19_999);
  }

  @Test
  void aBoundaryIsReadFromTheContentType() {
    assertThat(MultipartBody.boundary("multipart/form-data; boundary=----WebKit7"))
        .contains("----WebKit7");
    assertThat(MultipartBody.boundary("Multipart/Form-Data; charset=UTF-8; boundary=\"a b\""))
        .contains("a b");
    assertThat(MultipartBody.boundary("multipart/form-data")).isEmpty();
    assertThat(MultipartBody.boundary("application/json; boundary=x")).isEmpty();
    assertThat(MultipartBody.boundary("multipart/form-data; boundary=" + "x".repeat(80))).isEmpty();
    assertThat(MultipartBody.boundary(null)).isEmpty();
  }
}
