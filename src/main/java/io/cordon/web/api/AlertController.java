package io.cordon.web.api;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.IntakeResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where alerts come in; 202 means every one of them is kept. */
@RestController
class AlertController {
  static final int LARGEST = AlertIntake.LARGEST_BODY;

  private final AlertIntake intake;

  AlertController(AlertIntake intake) {
    this.intake = intake;
  }

  @PostMapping(
      path = "/api/alerts",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, List<IntakeResult>> take(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new ApiException(HttpStatus.PAYLOAD_TOO_LARGE, "TOO_LARGE");
    }
    return Map.of("results", intake.take(bytes));
  }
}
