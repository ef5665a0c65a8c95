package io.cordon.containment.mde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Bodies published by others, where the folder with them is at hand. */
class MdeRecordedBodiesTest {
  private static final Path DATA = Path.of("../shared/data/alerts");

  @Test
  void readsEveryRecordedAction() throws IOException {
    for (JsonNode sample : samples("mde_machineactions.json")) {
      MachineAction action = MdeJson.action(sample.path("body")).orElseThrow();
      assertThat(action.created()).isNotNull();
      assertThat(action.lastUpdate()).isNotNull();
      assertThat(action.isFinal()).isEqualTo(action.status().equals("Succeeded"));
    }
  }

  @Test
  void readsEveryRecordedMachine() throws IOException {
    for (JsonNode sample : samples("mde_machines.json")) {
      MdeMachine machine = MdeJson.machine(sample.path("body")).orElseThrow();
      assertThat(machine.computerDnsName()).isNotBlank();
      assertThat(machine.lastSeen() == null).isEqualTo(!sample.path("body").has("lastSeen"));
    }
  }

  private static JsonNode samples(String file) throws IOException {
    assumeTrue(Files.isDirectory(DATA), "recorded bodies are not here");
    JsonNode samples = new ObjectMapper().readTree(DATA.resolve(file).toFile());
    assertThat(samples.size()).isPositive();
    return samples;
  }
}
