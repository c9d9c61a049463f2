package io.github.facelock.spring.web.me;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.SubjectId;
import io.github.facelock.core.FaceLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The forms as Tomcat reads them: the token of a multipart form is one of its parts. */
@SpringBootTest(
    classes = Account.Application.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "facelock.policy=all",
      "facelock.store.type=memory",
      "facelock.web.registration=true"
    })
class OverTomcatTest {

  private static final String BOUNDARY = "the-boundary";

  @Autowired FaceLock faceLock;

  @LocalServerPort int port;

  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  private URI address(String path) {
    return URI.create("http://localhost:" + port + "/facelock" + path);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return browser.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
  }

  private static String token(HttpResponse<String> page) {
    Matcher matcher = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private HttpResponse<String> post(String path, String type, byte[] body)
      throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> picture(String csrf, byte[] picture)
      throws IOException, InterruptedException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    part(form, "_csrf", csrf.getBytes(StandardCharsets.US_ASCII));
    part(form, "picture\"; filename=\"me.jpg", picture);
    part(form, "consent", "yes".getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return post("/register/face", "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray());
  }

  private static void part(ByteArrayOutputStream form, String name, byte[] content) {
    form.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(content);
    form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private HttpResponse<String> register(String name) throws IOException, InterruptedException {
    String csrf = token(get("/register"));
    return post(
        "/register",
        "application/x-www-form-urlencoded",
        "username=%s&password=%s&_csrf=%s"
            .formatted(
                name,
                URLEncoder.encode(Account.PASSWORD, StandardCharsets.UTF_8),
                URLEncoder.encode(csrf, StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aFormWithAPictureAndItsTokenArrives() throws Exception {
    HttpResponse<String> registered = register("tomcat-anna");
    assertThat(registered.statusCode()).isEqualTo(303);
    assertThat(registered.headers().firstValue("Location")).hasValue("/facelock/register/face");

    String csrf = token(get("/register/face"));
    assertThat(picture("wrong", DemoFaces.bea()).statusCode()).isEqualTo(403);
    HttpResponse<String> two = picture(csrf, DemoFaces.two());
    assertThat(two.statusCode()).isEqualTo(422);
    assertThat(two.body()).contains("role=\"alert\"");
    HttpResponse<String> taken = picture(csrf, DemoFaces.bea());
    assertThat(taken.statusCode()).isEqualTo(303);
    assertThat(taken.headers().firstValue("Location")).hasValue("/facelock/register/totp");
    assertThat(faceLock.enrolment().enrolledFactors(SubjectId.of("tomcat-anna")))
        .contains(FactorType.PASSWORD, FactorType.FACE);
    // Nobody is logged in by it.
    assertThat(get("/api/me").statusCode()).isEqualTo(401);
  }

  @Test
  void aPictureThatIsTooLargeIsRefusedAndChangesNothing() throws Exception {
    register("tomcat-bert");
    String csrf = token(get("/register/face"));
    assertThat(picture(csrf, new byte[3_000_000]).statusCode()).isBetween(400, 499);
    assertThat(faceLock.enrolment().enrolledFactors(SubjectId.of("tomcat-bert")))
        .containsExactly(FactorType.PASSWORD);
    assertThat(get("/register/face").statusCode()).isEqualTo(200);
  }
}
