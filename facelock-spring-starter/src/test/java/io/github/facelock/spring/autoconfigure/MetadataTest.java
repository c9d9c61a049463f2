package io.github.facelock.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an editor shows while somebody writes application.properties. */
class MetadataTest {

  private static JsonNode read(String name) throws Exception {
    try (InputStream in = MetadataTest.class.getResourceAsStream("/META-INF/" + name)) {
      return JsonMapper.builder().build().readTree(in);
    }
  }

  private static List<JsonNode> properties() throws Exception {
    List<JsonNode> properties = new ArrayList<>();
    read("spring-configuration-metadata.json").get("properties").forEach(properties::add);
    return properties;
  }

  @Test
  void everyPropertyHasADescription() throws Exception {
    assertThat(properties()).hasSizeGreaterThan(100);
    assertThat(properties())
        .filteredOn(
            property ->
                !property.has("description") || property.get("description").asString().isBlank())
        .extracting(property -> property.get("name").asString())
        .isEmpty();
  }

  @Test
  void descriptionsArePlainText() throws Exception {
    assertThat(properties())
        .extracting(property -> property.get("description").asString())
        .allSatisfy(
            text -> assertThat(text).doesNotContain("{@").doesNotContain("<").doesNotContain("\n"));
  }

  @Test
  void everyPropertyIsFaceLocks() throws Exception {
    assertThat(properties())
        .extracting(property -> property.get("name").asString())
        .allSatisfy(name -> assertThat(name).matches("(management[.]endpoint[.])?facelock[.].+"));
  }

  @Test
  void hintsNameThePresets() throws Exception {
    JsonNode hints = read("additional-spring-configuration-metadata.json").get("hints");
    List<String> values = new ArrayList<>();
    hints.get(0).get("values").forEach(value -> values.add(value.get("value").asString()));
    assertThat(values).containsExactly("web", "door", "high-assurance");
  }
}
