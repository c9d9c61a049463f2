package io.github.facelock.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.facelock.api.FactorType;
import io.github.facelock.api.policy.Policy;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document names what there is, and nothing else. */
@SpringBootTest(properties = "facelock.web.registration=true")
class OpenApiTest {

  private static final String BASE = "/facelock";

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Policy policy() {
      return Policy.named("codes").step(FactorType.PASSWORD).step(FactorType.TOTP).build();
    }
  }

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @Test
  void everyEndpointIsDescribedAndEveryDescribedOneIsThere() throws Exception {
    Set<String> described = new TreeSet<>();
    document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(
                        method ->
                            described.add(
                                method.toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + anonymous(path.getKey()))));
    Set<String> mapped = new TreeSet<>();
    mappings
        .getHandlerMethods()
        .forEach(
            (info, handler) -> {
              for (String path : info.getPatternValues()) {
                if (path.startsWith(BASE + "/api/")) {
                  info.getMethodsCondition()
                      .getMethods()
                      .forEach(
                          method ->
                              mapped.add(method + " " + anonymous(path.substring(BASE.length()))));
                }
              }
            });
    assertThat(mapped).isNotEmpty().isEqualTo(described);
  }

  private static String anonymous(String path) {
    return path.replaceAll("\\{[^}]+}", "{}");
  }

  @Test
  void everyReferenceLeadsSomewhere() throws Exception {
    JsonNode document = document();
    document
        .findValuesAsString("$ref")
        .forEach(
            reference ->
                assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  private static JsonNode document() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(
            OpenApiTest.class.getResourceAsStream("/META-INF/resources/facelock/openapi.json"))) {
      return JsonMapper.shared().readTree(in.readAllBytes());
    }
  }
}
