package io.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.Yaml;

/** The files of deploy/ as far as they can be checked without a container engine, and where the documents lead. */
class DeploymentFilesTest {
  private static final Path DEPLOY = Path.of("deploy");

  @Test
  @SuppressWarnings("unchecked")
  void letsTheContainerDoNothingItNeedNotDo() throws IOException {
    Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(Files.readString(DEPLOY.resolve("compose.yaml")));
    Map<String, Object> cordon = compose.get("services").get("cordon");
    assertThat(cordon).containsEntry("read_only", true).containsEntry("cap_drop", List.of("ALL")).containsEntry("user", "10001")
        .containsEntry("security_opt", List.of("no-new-privileges:true")).containsKey("healthcheck");
    assertThat((List<String>) cordon.get("volumes")).contains("./config:/config:ro", "./keys:/keys:ro");
    assertThat((List<String>) cordon.get("ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
    assertThat((Map<String, String>) cordon.get("environment")).containsEntry("CORDON_EVIDENCE_MEMORYFILE", "/var/lib/cordon/evidence.last");
  }

  @Test
  void sendsOnlyTheJarToTheImageBuilder() throws IOException {
    assertThat(Files.readAllLines(Path.of(".dockerignore")).stream().filter(line -> !line.startsWith("#"))).containsExactly("*", "!target/cordon.jar");
  }

  @Test
  void showsSettingsThatReadAsYaml() throws IOException {
    Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DEPLOY.resolve("README.md")));
    assertThat(example.find()).isTrue();
    var settings = new YamlPropertySourceLoader().load("example", new ByteArrayResource(example.group(1).getBytes())).get(0);
    assertThat(settings.getProperty("cordon.pagerduty.routing-keys.PACS")).hasToString("${PAGERDUTY_PACS}");
    assertThat(settings.getProperty("cordon.teams.channels.PACS")).hasToString("19:channel-of-pacs@thread.tacv2");
  }

  @Test
  void leadsToFilesThatAreThere() throws IOException {
    Pattern link = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");
    try (Stream<Path> files = Stream.concat(Stream.of(Path.of("README.md")), Stream.concat(Files.walk(DEPLOY), Files.walk(Path.of("src/docs"))))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".md")).toList()) {
        List<String> missing = link.matcher(Files.readString(file)).results().map(found -> found.group(1))
            .filter(target -> !Files.exists(Path.of("").toAbsolutePath().resolve(file).resolveSibling(target))).toList();
        assertThat(missing).as(file.toString()).isEmpty();
      }
    }
  }
}
