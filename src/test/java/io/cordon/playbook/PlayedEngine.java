package io.cordon.playbook;

import io.cordon.testing.DeadEnds;
import io.cordon.testing.EngineClock;
import io.cordon.testing.OutsideWorld;
import io.cordon.testing.PlayedWorld;
import io.cordon.testing.TestSettings;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The shipped models on the real engine and a real database, the outside world played: one context for all tests of playbooks. */
@SpringBootTest(properties = "cordon.gate.tenant-id=tenant")
@Import(PlayedWorld.class)
@ExtendWith({EngineClock.class, DeadEnds.Watch.class})
abstract class PlayedEngine {
  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    TestSettings.register(registry, "playbooks");
    registry.add("cordon.gate.clinical-services.PACS", () -> "group-pacs");
    registry.add("cordon.hunts.enabled", () -> true);
    registry.add("cordon.hunts.interval", () -> "P1D");
    registry.add("cordon.stop-process.defender-plan", () -> "P2");
    registry.add("cordon.stop-process.script-sha256", () -> OutsideWorld.SCRIPT_SHA256);
    registry.add("cordon.stop-process.protected-names", () -> "dcmrcv");
  }
}
