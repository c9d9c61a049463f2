package io.github.facelock.examples.web;

import io.github.facelock.api.face.LivenessAction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Asks what the pages' scripts ask, as fast as a person who films can. Not thread-safe. */
final class LoadBrowser {

  private static final String BOUNDARY = "----facelock-load";
  private static final int TRIES = 4;

  private final String address;
  private final Clips clips;
  private final LoadTimes times;
  private final ObjectMapper json = new ObjectMapper();
  private HttpClient http = HttpClient.newHttpClient();
  private String csrf = "";

  /**
   * Who logs in.
   *
   * @param name user name
   * @param password the password
   * @param app the authenticator app
   */
  record Account(String name, String password, TotpApp app) {}

  LoadBrowser(String address, Clips clips, LoadTimes times) {
    this.address = address;
    this.clips = clips;
    this.times = times;
  }

  void logIn(Account account) throws InterruptedException {
    try {
      http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
      get("page", "/facelock/login");
      csrf = json.readTree(get("token", "/facelock/api/csrf")).path("token").asString();
      JsonNode step = post("begin", "login", Map.of("username", account.name(), "policy", "load"));
      step = secret("password", step, "password", account.password());
      for (int tries = 0; tries < TRIES && factor(step).equals("face"); tries++) {
        step = film(step);
      }
      if (!factor(step).equals("totp")) {
        times.ended("face not accepted: " + reason(step));
        return;
      }
      step = secret("code", step, "totp", account.app().code(0));
      if (!"granted".equals(step.path("status").asString(""))) {
        times.ended("code not accepted: " + reason(step));
        return;
      }
      csrf = json.readTree(get("token", "/facelock/api/csrf")).path("token").asString();
      get("dashboard", "/");
      times.ended("granted");
    } catch (IOException e) {
      times.ended("error: " + e.getMessage());
    }
  }

  private static String reason(JsonNode answer) {
    return answer.path("reason").asString(answer.path("step").path("feedback").toString());
  }

  private static JsonNode prompt(JsonNode step) {
    return step.path("step").path("prompts").path(0);
  }

  private static String factor(JsonNode step) {
    return prompt(step).path("factor").asString("");
  }

  private JsonNode secret(String name, JsonNode step, String factor, String secret)
      throws IOException, InterruptedException {
    String transaction = step.path("transaction").asString("");
    return post(
        name,
        "login/advance",
        Map.of("transaction", transaction, "factor", factor, "secret", secret));
  }

  private JsonNode film(JsonNode step) throws IOException, InterruptedException {
    List<LivenessAction> actions =
        Arrays.stream(prompt(step).path("parameters").path("actions").asString().split(",", -1))
            .map(code -> LivenessAction.ofCode(code).orElseThrow())
            .toList();
    List<byte[]> frames = clips.answer(actions);
    List<Long> at = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      at.add(i * Clips.frameTime().toMillis());
    }
    // A camera takes as long as its clip lasts, and the server knows it.
    Instant filmed = Instant.now().plusMillis(at.get(at.size() - 1) + 200);
    while (Instant.now().isBefore(filmed)) {
      LockSupport.parkUntil(filmed.toEpochMilli());
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, "request", "application/json", "");
    body.write(
        json.writeValueAsBytes(
            Map.of(
                "transaction",
                step.path("transaction").asString(),
                "factor",
                "face",
                "times",
                at)));
    for (byte[] frame : frames) {
      part(body, "frame", "image/jpeg", "; filename=\"frame.jpg\"");
      body.write(frame);
    }
    body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return json.readTree(
        send(
            "face",
            request("/facelock/api/login/advance")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))));
  }

  private static void part(ByteArrayOutputStream body, String name, String type, String file)
      throws IOException {
    body.write(
        ((body.size() == 0 ? "" : "\r\n")
                + "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n"
                    .formatted(BOUNDARY, name, file, type))
            .getBytes(StandardCharsets.US_ASCII));
  }

  private String get(String name, String path) throws IOException, InterruptedException {
    return send(name, request(path).GET());
  }

  private JsonNode post(String name, String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return json.readTree(
        send(
            name,
            request("/facelock/api/" + path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(Duration.ofSeconds(60))
        .header("X-CSRF-TOKEN", csrf);
  }

  private String send(String name, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    times.took(name, System.nanoTime() - begin);
    if (answer.statusCode() >= 400 && answer.statusCode() != 401) {
      throw new IOException(name + " gave " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
