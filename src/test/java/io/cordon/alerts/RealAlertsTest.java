package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.alerts.AlertShapes.Found;
import io.cordon.alerts.AlertShapes.Shape;
import io.cordon.alerts.IntakeResult.Disposition;
import io.cordon.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every published record there is gets a disposition; what is no alert of a documented shape is set aside, nothing fails. */
@SpringBootTest(classes = IntakeOnly.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class RealAlertsTest {
  private static final Path FOLDER = Path.of("../shared/data/alerts");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AlertParser parser = new AlertParser();
  private final Map<String, Map<Shape, Integer>> shapes = new TreeMap<>();
  private final Map<String, Map<Disposition, Integer>> dispositions = new TreeMap<>();

  @Autowired AlertIntake intake;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "real_alerts");
  }

  @Test
  void givesEveryRecordADisposition() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "the published records are not here");
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        JsonNode content = JSON.readTree(file.toFile());
        for (JsonNode record : content.isArray() ? content : JSON.createArrayNode().add(content)) {
          take(file.getFileName().toString(), JSON.writeValueAsBytes(record.has("body") ? record.get("body") : record));
        }
      }
    }
    shapes.forEach((file, counts) -> System.out.println("real records: " + file + " " + counts + " " + dispositions.get(file)));
    assertThat(shapes.get("securityalert_rows.json")).isEqualTo(Map.of(Shape.ROW, 92));
    assertThat(dispositions.get("securityalert_rows.json")).doesNotContainKey(Disposition.QUARANTINED);
    assertThat(dispositions.get("loganalytics_query_response.json")).isEqualTo(Map.of(Disposition.OPENED, 2));
    assertThat(shapes.get("graph_alerts_v2.json")).isEqualTo(Map.of(Shape.GRAPH, 3));
    assertThat(dispositions.get("graph_alerts_v2.json")).as("the id of one was blanked to three letters by its publisher")
        .isEqualTo(Map.of(Disposition.OPENED, 2, Disposition.QUARANTINED, 1));
  }

  private void take(String file, byte[] body) {
    List<Found> found = parser.split(body);
    List<IntakeResult> results = intake.take(body);
    assertThat(results).as(file).isNotEmpty().hasSameSizeAs(found);
    found.forEach(one -> shapes.computeIfAbsent(file, name -> new EnumMap<>(Shape.class)).merge(one.shape(), 1, Integer::sum));
    results.forEach(result -> {
      assertThat(result.caseId() == null).as(file).isEqualTo(result.disposition() == Disposition.QUARANTINED);
      dispositions.computeIfAbsent(file, name -> new EnumMap<>(Disposition.class)).merge(result.disposition(), 1, Integer::sum);
    });
  }
}
