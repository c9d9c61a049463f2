package io.github.facelock.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.facelock.api.FaceLockException;
import io.github.facelock.spi.face.FaceDetector;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What somebody reads whose application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalyzersTest {

  private static final String KEY = "k1:MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=";

  @TempDir Path folder;

  private void start(Class<?> application, String... properties) {
    SpringApplication spring =
        new SpringApplicationBuilder(application)
            .web(WebApplicationType.NONE)
            .properties(
                "spring.main.banner-mode=off",
                "facelock.data-dir=" + folder,
                "facelock.policy=plain",
                "facelock.policies.plain.steps[0].any-of=password",
                "facelock.policies.plain.steps[1].any-of=totp")
            .build();
    String[] arguments = Stream.of(properties).map(each -> "--" + each).toArray(String[]::new);
    assertThatThrownBy(() -> spring.run(arguments).close()).isNotNull();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(FaceLockAutoConfiguration.class)
  static class Application {}

  @Test
  void aMissingKey(CapturedOutput output) {
    start(Application.class, "facelock.store.type=file");

    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .contains("FaceLock has no key to seal faces and secrets with.")
        .contains("FACELOCK_KEYS=k1:$(openssl rand -base64 32)")
        .contains("facelock.development=true");
  }

  @Test
  void aWrongKey(CapturedOutput output) {
    new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .run(
            "--facelock.data-dir=" + folder,
            "--facelock.store.type=file",
            "--facelock.policy=high-assurance",
            "--facelock.liveness=none",
            "--facelock.keys=" + KEY)
        .close();

    start(
        Application.class,
        "facelock.store.type=file",
        "facelock.keys=k1:YW5vdGhlciAwMTIzNDU2Nzg5IGtleSwgMzIgYnl0ZXM=");

    assertThat(output)
        .contains("Key k1 is not the key of this id")
        .contains("Give the keys that belong to the data")
        .doesNotContain("YW5vdGhlc");
  }

  @Test
  void aMissingModel(CapturedOutput output) {
    start(
        Application.class,
        "facelock.store.type=memory",
        "facelock.face.detector.file=" + folder.resolve("none.onnx"),
        "facelock.face.detector.sha256=" + "0".repeat(64));

    assertThat(output)
        .contains("There is no model file " + folder.resolve("none.onnx"))
        .contains("io.github.facelock:facelock-models")
        .contains("facelock.face.detector.file");
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(FaceLockAutoConfiguration.class)
  static class WithoutLibrary {
    @Bean
    FaceDetector detector() {
      throw new FaceLockException.NativeLibrary(
          "ONNX Runtime cannot be loaded on Linux riscv64", new UnsatisfiedLinkError("none"));
    }
  }

  @Test
  void aNativeLibraryThatDoesNotLoad(CapturedOutput output) {
    start(WithoutLibrary.class, "facelock.store.type=memory");

    assertThat(output)
        .contains("ONNX Runtime cannot be loaded on Linux riscv64")
        .contains("Run on Linux with glibc (x86-64 or AArch64");
  }

  @Test
  void aMailServerThatIsNotThere(CapturedOutput output) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    start(
        Application.class,
        "facelock.store.type=memory",
        "facelock.mail.host=localhost",
        "facelock.mail.port=" + port,
        "facelock.mail.security=none",
        "facelock.mail.from=a@example.org",
        "facelock.mail.test-at-start=true");

    assertThat(output)
        .contains("Mail server localhost:" + port + " does not greet as a mail server")
        .contains("Check facelock.mail.host, facelock.mail.port");
  }

  @Test
  void aValueOutOfRange(CapturedOutput output) {
    start(Application.class, "facelock.store.type=memory", "facelock.codes.digits=4");

    assertThat(output).contains("facelock.codes").contains("greater than or equal to 7");
  }

  @Test
  void aDatabaseFileThatCannotBeUsed(CapturedOutput output) throws Exception {
    Path notAFolder = java.nio.file.Files.createFile(folder.resolve("taken"));
    start(
        Application.class,
        "facelock.store.type=file",
        "facelock.keys=" + KEY,
        "facelock.data-dir=" + notAFolder);

    assertThat(output)
        .contains("cannot be made")
        .contains("name a folder that this process may write");
  }
}
