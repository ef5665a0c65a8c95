package io.cordon.web.api;

import io.cordon.platform.mode.OperatingMode;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Liveness and readiness on the main port; everything else of operations is on the management port. */
@RestController
class HealthController {
  private final ApplicationAvailability availability;
  private final OperatingMode mode;

  HealthController(ApplicationAvailability availability, OperatingMode mode) {
    this.mode = mode;
    this.availability = availability;
  }

  @GetMapping("/actuator/health/liveness")
  ResponseEntity<Map<String, String>> live() {
    return answer(availability.getLivenessState() == LivenessState.CORRECT);
  }

  @GetMapping({"/actuator/health", "/actuator/health/readiness"})
  ResponseEntity<Map<String, String>> ready() {
    return answer(availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC);
  }

  private ResponseEntity<Map<String, String>> answer(boolean up) {
    return ResponseEntity.status(up ? 200 : 503).body(Map.of("status", up ? "UP" : "DOWN", "mode", mode.name()));
  }
}
