package io.github.facelock.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of the documentation, held against what there is. */
class PropertyTableTest {

  @Test
  void everyPropertyIsInTheTableWithItsDefault() throws Exception {
    Path page = Path.of(System.getProperty("facelock.root"), "site/src/docs/asciidoc/spring.adoc");
    String table = Files.readString(page);
    List<String> missing = new ArrayList<>();
    try (InputStream in =
        PropertyTableTest.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : JsonMapper.shared().readTree(in).get("properties")) {
        String name = property.get("name").asString();
        String value =
            property.has("defaultValue") ? "`" + property.get("defaultValue").asString() + "`" : "";
        String row = "|`" + name + "` |" + value + " |";
        // Pages and administration document theirs with their end points.
        boolean own = name.startsWith("facelock.") && !name.matches("facelock[.](web|admin)[.].*");
        if (own && !table.contains(row)) {
          missing.add(row);
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
