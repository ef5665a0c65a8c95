package io.cordon.web.api;

import io.cordon.evidence.controls.Coverage;
import io.cordon.evidence.controls.CoverageReport;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the log says of the changes of a period, for auditors. */
@RestController
class CoverageController {
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Coverage coverage;

  CoverageController(Coverage coverage) {
    this.coverage = coverage;
  }

  /** @param from first moment, UTC, such as {@code 2026-01-01T00:00:00Z}; to, the first one after it; a year at most */
  @GetMapping("/api/evidence/coverage")
  CoverageReport report(@RequestParam Instant from, @RequestParam Instant to) {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw ApiException.invalid();
    }
    return coverage.of(from, to);
  }
}
