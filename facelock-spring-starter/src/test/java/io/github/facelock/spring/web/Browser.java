package io.github.facelock.spring.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser with cookies, for a real server: pages by their forms, and the interface by JSON. */
public final class Browser {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern FIELD =
      Pattern.compile("<input[^>]*?name=\"([^\"]+)\"[^>]*?value=\"([^\"]*)\"");

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final String origin;
  private final Map<String, String> headers = new LinkedHashMap<>();

  /** A browser of a server. */
  public Browser(int port) {
    this.origin = "http://localhost:" + port;
  }

  /** What came back. */
  public record Reply(int status, Map<String, List<String>> headers, String body, URI from) {

    /** The body as JSON. */
    public JsonNode json() {
      return JSON.readTree(body);
    }

    /** A text member of the body, by path. */
    public String text(String pointer) {
      return json().at(pointer).asString();
    }

    /** A header's first value, or an empty text. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(e -> e.getKey().equalsIgnoreCase(name))
          .map(e -> e.getValue().get(0))
          .findFirst()
          .orElse("");
    }

    /** The hidden and other fields of the page's form with an action. */
    public Map<String, String> form(String action) {
      int at = body.indexOf("action=\"" + action + "\"");
      if (at < 0) {
        throw new AssertionError("No form " + action + " in\n" + body);
      }
      String form = body.substring(at, body.indexOf("</form>", at));
      Map<String, String> fields = new LinkedHashMap<>();
      Matcher field = FIELD.matcher(form);
      while (field.find()) {
        fields.put(field.group(1), field.group(2));
      }
      fields.remove("trust");
      fields.remove("username");
      return fields;
    }
  }

  /** Sends a header with every request. */
  public Browser with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The session's cookie. */
  public Optional<String> session() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("JSESSIONID"))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  /** Takes over a session. */
  public void setSession(String id) {
    cookies.getCookieStore().removeAll();
    HttpCookie cookie = new HttpCookie("JSESSIONID", id);
    cookie.setPath("/");
    // What the cookie manager makes of a host without dots.
    cookie.setDomain("localhost.local");
    cookie.setVersion(0);
    cookies.getCookieStore().add(URI.create(origin), cookie);
  }

  /** Ends the session in the browser only. */
  public void forgetSession() {
    List.copyOf(cookies.getCookieStore().getCookies()).stream()
        .filter(cookie -> cookie.getName().equals("JSESSIONID"))
        .forEach(cookie -> cookies.getCookieStore().remove(URI.create(origin), cookie));
  }

  /** Loads a page without following. */
  public Reply get(String path) {
    return send(request(path).GET());
  }

  /** Loads a page and follows where it leads. */
  public Reply open(String path) {
    return follow(get(path));
  }

  /** Follows redirects. */
  public Reply follow(Reply reply) {
    Reply at = reply;
    for (int i = 0; i < 5 && at.status() / 100 == 3; i++) {
      URI to = at.from().resolve(at.header("Location"));
      at = get(to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery()));
    }
    return at;
  }

  /** Sends a form without following. */
  public Reply post(String path, Map<String, String> fields) {
    List<String> pairs = new ArrayList<>();
    fields.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))));
  }

  /** Sends a page's form with what was typed, and follows. */
  public Reply submit(Reply page, String action, Map<String, String> typed) {
    Map<String, String> fields = page.form(action);
    fields.putAll(typed);
    return follow(post(action, fields));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The token for state-changing requests. */
  public String csrf() {
    return get("/facelock/api/csrf").text("/token");
  }

  /** Sends JSON with the token. */
  public Reply json(String path, Object body) {
    return json(path, body, csrf());
  }

  /** Sends JSON with a token got before. */
  public Reply json(String path, Object body, String csrf) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("X-CSRF-TOKEN", csrf)
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  /** Sends parts with the token. */
  public Reply multipart(String path, Object request, List<byte[]> frames) {
    return multipart(path, Map.of("request", JSON.writeValueAsBytes(request)), frames, csrf());
  }

  /** Sends parts with a token. */
  public Reply multipart(
      String path, Map<String, byte[]> fields, List<byte[]> frames, String csrf) {
    String boundary = "----facelock" + Long.toHexString(frames.size() + 7919L);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) -> part(out, boundary, "name=\"" + name + "\"", "application/json", value));
    for (byte[] frame : frames) {
      part(out, boundary, "name=\"frame\"; filename=\"f.jpg\"", "image/jpeg", frame);
    }
    out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .header("X-CSRF-TOKEN", csrf)
            .POST(HttpRequest.BodyPublishers.ofByteArray(out.toByteArray())));
  }

  private static void part(
      ByteArrayOutputStream out, String boundary, String name, String type, byte[] content) {
    out.writeBytes(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; "
                + name
                + "\r\nContent-Type: "
                + type
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(content);
    out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + path));
    headers.forEach(request::header);
    return request;
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(
          response.statusCode(), response.headers().map(), response.body(), response.uri());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
