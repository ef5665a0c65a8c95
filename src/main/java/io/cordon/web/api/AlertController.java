package io.cordon.web.api;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.IntakeResult;
import io.cordon.alerts.Quarantine;
import io.cordon.alerts.QuarantinedAlert;
import io.cordon.alerts.UnreadableAlertException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where alerts come in; 202 means every one of them is kept, those that cannot be read in the quarantine. When one fails for a
 * reason of ours the answer is 500 for the body as a whole, and 503 when the database is away: with neither is anything
 * acknowledged. The same body can be sent again at any time: what was taken is then a duplicate.
 */
@RestController
class AlertController {
  private static final int LARGEST = AlertIntake.LARGEST_BODY;
  private static final int PAGE = 100;
  /** Reading alerts takes a multiple of their length in memory. */
  private static final int LARGE = 1 << 20;
  private static final int LARGE_AT_ONCE = 3;
  private static final int WAITS_SECONDS = 5;

  private final AlertIntake intake;
  private final Quarantine quarantine;
  private final Semaphore large = new Semaphore(LARGE_AT_ONCE);

  AlertController(AlertIntake intake, Quarantine quarantine) {
    this.intake = intake;
    this.quarantine = quarantine;
  }

  @PostMapping(path = "/api/alerts", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, List<IntakeResult>> take(InputStream body, HttpServletResponse response) throws IOException {
    return results(body, response, intake::take);
  }

  /** One alert a line; a line that is no JSON is quarantined as MALFORMED_JSON and the rest is taken. */
  @PostMapping(path = "/api/alerts", consumes = MediaType.APPLICATION_NDJSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, List<IntakeResult>> takeLines(InputStream body, HttpServletResponse response) throws IOException {
    return results(body, response, intake::takeLines);
  }

  private Map<String, List<IntakeResult>> results(InputStream body, HttpServletResponse response, Function<byte[], List<IntakeResult>> take) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new ApiException(HttpStatus.PAYLOAD_TOO_LARGE, "TOO_LARGE");
    }
    if (bytes.length <= LARGE) {
      return results(bytes, take);
    }
    if (!mayGoOn()) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(WAITS_SECONDS));
      throw new ApiException(HttpStatus.SERVICE_UNAVAILABLE, "ALERTS_BUSY");
    }
    try {
      return results(bytes, take);
    } finally {
      large.release();
    }
  }

  private boolean mayGoOn() {
    try {
      return large.tryAcquire() || large.tryAcquire(WAITS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Map<String, List<IntakeResult>> results(byte[] bytes, Function<byte[], List<IntakeResult>> take) {
    try {
      return Map.of("results", take.apply(bytes));
    } catch (UnreadableAlertException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new AlertsFailedException(e);
    }
  }

  /** What was set aside because it could not be read, the newest first; its content stays sealed. */
  @GetMapping("/api/alerts/quarantined")
  Page<QuarantinedAlert> quarantined(@RequestParam(required = false) Long after) {
    List<QuarantinedAlert> found = quarantine.list(after, PAGE);
    return new Page<>(found, found.size() < PAGE ? null : Long.toString(found.get(PAGE - 1).id()));
  }
}
