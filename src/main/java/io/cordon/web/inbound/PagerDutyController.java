package io.cordon.web.inbound;

import io.cordon.channels.pagerduty.webhooks.PagerDutyWebhooks;
import io.cordon.web.api.ApiException;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where PagerDuty's v3 webhooks arrive: the raw bytes are checked before anything reads them. */
@RestController
class PagerDutyController {
  private final PagerDutyWebhooks webhooks;

  PagerDutyController(PagerDutyWebhooks webhooks) {
    this.webhooks = webhooks;
  }

  @PostMapping(path = "/api/pagerduty/webhooks", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  void take(
      @RequestHeader(name = "X-PagerDuty-Signature", required = false) String signature,
      @RequestHeader(name = "X-Webhook-Id", required = false) String webhookId,
      InputStream body)
      throws IOException {
    if (!webhooks.isOpen()) {
      throw ApiException.notFound();
    }
    byte[] bytes = BoundedBody.read(body, PagerDutyWebhooks.LARGEST);
    if (!webhooks.isGenuine(signature, bytes)) {
      throw new ApiException(HttpStatus.UNAUTHORIZED, "NOT_PAGERDUTY");
    }
    if (!webhooks.take(webhookId, bytes)) {
      throw new ApiException(HttpStatus.BAD_REQUEST, "HTTP_400");
    }
  }
}
