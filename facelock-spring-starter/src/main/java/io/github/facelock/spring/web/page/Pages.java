package io.github.facelock.spring.web.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.github.facelock.spring.autoconfigure.FaceLockWebProperties;
import io.github.facelock.spring.web.RequestContexts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * Makes pages: a template of {@code classpath:/facelock/pages}, or the application's of the same
 * name, within {@code layout.mustache}. Whatever a template prints is escaped; headers forbid code
 * that is not a file of this application, frames around the page, and caches. Thread-safe.
 *
 * <p>A template sees its model and:
 *
 * <ul>
 *   <li>{@code {{t.KEY}}} a text
 *   <li>{@code {{base}}}, {@code {{assets}}} the paths of pages and static files
 *   <li>{@code {{csrf}}}, {@code {{csrfParameter}}} for {@code <input type="hidden">}
 *   <li>{@code {{lang}}} the language, {@code {{user}}} who is logged in (empty: nobody)
 *   <li>{@code {{title}}} the text {@code PAGE-title}
 * </ul>
 *
 * A model's {@code scripts} (a list of file names of the assets) are loaded as modules.
 */
public final class Pages {

  /** No code, style or frame from anywhere else, and none within the page. */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final String BUILT_IN = "classpath:/facelock/pages/";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  private final ResourceLoader resources;
  private final FaceLockWebProperties properties;
  private final Texts texts;
  private final RequestContexts contexts;
  private final Mustache.Compiler compiler;
  private final Map<String, Template> templates = new ConcurrentHashMap<>();

  /**
   * Takes its parts.
   *
   * @param resources finds templates
   * @param properties say where
   * @param texts the sentences
   * @param contexts tell the language
   */
  public Pages(
      ResourceLoader resources,
      FaceLockWebProperties properties,
      Texts texts,
      RequestContexts contexts) {
    this.resources = resources;
    this.properties = properties;
    this.texts = texts;
    this.contexts = contexts;
    this.compiler =
        Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).withLoader(this::open);
  }

  /**
   * A page.
   *
   * @param request the request
   * @param name of the template
   * @param model what it shows; values are texts, numbers, lists, maps, booleans
   * @return the answer with status 200
   */
  public ResponseEntity<String> page(
      HttpServletRequest request, String name, Map<String, ?> model) {
    return page(request, HttpStatus.OK, name, model);
  }

  /**
   * A page with another status.
   *
   * @param request the request
   * @param status of the answer
   * @param name of the template
   * @param model what it shows
   * @return the answer
   */
  public ResponseEntity<String> page(
      HttpServletRequest request, HttpStatus status, String name, Map<String, ?> model) {
    Locale locale = contexts.locale(request);
    Map<String, Object> all = new HashMap<>();
    all.put("scripts", List.of());
    all.put("title", texts.find(name + "-title", locale).orElse("FaceLock"));
    all.putAll(model);
    all.put("t", (Mustache.CustomContext) key -> texts.text(key, locale));
    all.put("lang", locale.toLanguageTag());
    all.put("base", request.getContextPath() + properties.basePath());
    all.put("assets", request.getContextPath() + properties.basePath() + "/assets");
    Principal user = request.getUserPrincipal();
    all.put("user", user == null ? "" : user.getName());
    Object token = request.getAttribute(CsrfToken.class.getName());
    all.put("csrf", token instanceof CsrfToken csrf ? csrf.getToken() : "");
    all.put("csrfParameter", token instanceof CsrfToken csrf ? csrf.getParameterName() : "_csrf");
    all.put("body", template(name).execute(all));
    return ResponseEntity.status(status)
        .contentType(HTML)
        .cacheControl(CacheControl.noStore())
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("X-Frame-Options", "DENY")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        .body(template("layout").execute(all));
  }

  private Template template(String name) {
    return templates.computeIfAbsent(
        name,
        wanted -> {
          try (Reader reader = open(wanted)) {
            return compiler.compile(reader);
          } catch (IOException e) {
            throw new MustacheException("Cannot read page " + wanted, e);
          }
        });
  }

  private Reader open(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException("No page can have the name " + name);
    }
    String file = name + ".mustache";
    if (properties.pages().isPresent()) {
      Resource own = resources.getResource(properties.pages().get() + file);
      if (own.exists()) {
        return read(own);
      }
    }
    return read(resources.getResource(BUILT_IN + file));
  }

  private static Reader read(Resource resource) throws IOException {
    try (InputStream in = resource.getInputStream()) {
      return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException("Cannot read " + resource.getDescription(), e);
    }
  }
}
