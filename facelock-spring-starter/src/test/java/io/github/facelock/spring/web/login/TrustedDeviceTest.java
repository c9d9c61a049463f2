package io.github.facelock.spring.web.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.Secret;
import io.github.facelock.api.SubjectId;
import io.github.facelock.api.device.TrustedDevices;
import io.github.facelock.api.enrolment.Enrolment;
import io.github.facelock.api.policy.Policy;
import io.github.facelock.api.policy.PolicyStep;
import io.github.facelock.spring.web.Browser;
import io.github.facelock.spring.web.Browser.Reply;
import io.github.facelock.test.InMemoryMailbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A device that its owner trusts, by the cookie that it keeps. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "facelock.web.base-path=/sign/in")
class TrustedDeviceTest {

  private static final SubjectId ANNA = SubjectId.of("anna");
  private static final String PASSWORD = "correct horse battery";

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Policy policy() {
      return Policy.named("devices")
          .step(FactorType.PASSWORD)
          .step(PolicyStep.of(FactorType.EMAIL_CODE).unlessTrustedDevice())
          .build();
    }

    @Bean
    InMemoryMailbox mailbox() {
      return new InMemoryMailbox(FactorType.EMAIL_CODE);
    }
  }

  @LocalServerPort int port;
  @Autowired Enrolment enrolment;
  @Autowired TrustedDevices devices;
  @Autowired InMemoryMailbox mailbox;

  @Test
  void aTrustedDeviceIsNotAskedForTheCodeAndItsCookieIsReplaced() {
    enrolment.register(ANNA);
    enrolment.setPassword(ANNA, Secret.of(PASSWORD));
    enrolment.setEmail(ANNA, Secret.of("anna@example.org"));
    Browser first =
        new Browser(port)
            .with("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0");
    Reply page = first.get("/sign/in/login");
    assertThat(page.body()).contains("name=\"trust\"", "/sign/in/assets/facelock.css");
    assertThat(first.get("/sign/in/assets/facelock.css").status()).isEqualTo(200);
    assertThat(first.get("/sign/in/openapi.json").status()).isEqualTo(200);
    Reply password =
        first.submit(page, "/sign/in/login", Map.of("username", "anna", "trust", "yes"));
    Reply code = first.submit(password, "/sign/in/login/step", Map.of("secret", PASSWORD));
    Map<String, String> form = code.form("/sign/in/login/step");
    form.put("secret", mailbox.awaitCode("anna@example.org"));
    String cookie = deviceCookie(first.post("/sign/in/login/step", form));
    assertThat(cookie).contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/");
    assertThat(devices.list(ANNA)).hasSize(1);
    assertThat(devices.list(ANNA).get(0).label()).isEqualTo("Firefox, Linux");

    // The cookie is for HTTPS only, so it is brought by hand.
    Browser again = new Browser(port).with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    password =
        again.submit(again.get("/sign/in/login"), "/sign/in/login", Map.of("username", "anna"));
    form = password.form("/sign/in/login/step");
    form.put("secret", PASSWORD);
    Reply granted = again.post("/sign/in/login/step", form);
    assertThat(deviceCookie(granted)).isNotEqualTo(cookie).contains("HttpOnly", "Secure");
    assertThat(again.get(granted.header("Location")).header("Location")).isEqualTo("/");
    assertThat(mailbox.received()).hasSize(1);
  }

  private static String deviceCookie(Reply reply) {
    return reply.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Set-Cookie"))
        .map(Map.Entry::getValue)
        .flatMap(List::stream)
        .filter(cookie -> cookie.startsWith("facelock-device="))
        .findFirst()
        .orElseThrow(() -> new AssertionError(reply.headers()));
  }
}
