package io.cordon.web.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.channels.teams.answers.CardAnswers;
import io.cordon.channels.teams.answers.Reply;
import io.cordon.web.api.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The bot's messaging endpoint. 401 without a token, 403 for one that is not the Connector's; then the body is read. */
@RestController
class TeamsController {
  private final CardAnswers answers;

  TeamsController(CardAnswers answers) {
    this.answers = answers;
  }

  @PostMapping(path = "/api/teams/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<JsonNode> take(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) String authorization, InputStream body) throws IOException {
    if (!answers.isOpen()) {
      throw ApiException.notFound();
    }
    Optional<CardAnswers.Caller> caller = answers.caller(authorization);
    if (caller.isEmpty()) {
      throw new ApiException(authorization == null ? HttpStatus.UNAUTHORIZED : HttpStatus.FORBIDDEN, "NOT_THE_CONNECTOR");
    }
    Reply reply = answers.take(caller.get(), BoundedBody.read(body, CardAnswers.LARGEST));
    return ResponseEntity.status(reply.status()).body(reply.body());
  }
}
