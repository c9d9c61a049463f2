package io.github.facelock.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.http.server.PathContainer;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Keeps the application's multipart support, which writes files, away from the paths whose bodies
 * {@link Uploads} receives.
 */
public final class OwnUploads implements BeanPostProcessor {

  private final List<PathPattern> paths;

  /**
   * Takes the base path.
   *
   * @param basePath of FaceLock's pages and endpoints
   */
  public OwnUploads(String basePath) {
    PathPatternParser parser = PathPatternParser.defaultInstance;
    this.paths =
        List.of(
            parser.parse(basePath + "/api/login/advance"),
            parser.parse(basePath + "/api/guidance"),
            parser.parse(basePath + "/api/me/faces"),
            parser.parse(basePath + "/api/register/faces"));
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    return bean instanceof MultipartResolver resolver ? new Besides(resolver) : bean;
  }

  private boolean isOwn(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    PathContainer parsed = PathContainer.parsePath(path);
    return paths.stream().anyMatch(pattern -> pattern.matches(parsed));
  }

  private final class Besides implements MultipartResolver {
    private final MultipartResolver resolver;

    Besides(MultipartResolver resolver) {
      this.resolver = resolver;
    }

    @Override
    public boolean isMultipart(HttpServletRequest request) {
      return !isOwn(request) && resolver.isMultipart(request);
    }

    @Override
    public MultipartHttpServletRequest resolveMultipart(HttpServletRequest request) {
      return resolver.resolveMultipart(request);
    }

    @Override
    public void cleanupMultipart(MultipartHttpServletRequest request) {
      resolver.cleanupMultipart(request);
    }
  }
}
