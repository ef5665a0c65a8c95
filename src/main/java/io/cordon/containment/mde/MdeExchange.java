package io.cordon.containment.mde;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.MdeSettings;
import io.cordon.platform.azure.TokenUnavailable;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request to MDE and the sorting of what came back into answer, absence or one of the four exceptions. */
final class MdeExchange {
  private static final String SERVICE = "mde";
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(60);
  private static final int UNAUTHORIZED = 401;
  /** A refusal that took longer is not followed by a second try: a permit is to be used at once, and a step has its lock for two minutes. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final MdeSettings settings;
  private final JsonHttp http;
  private final AccessTokens tokens;
  private final Optional<HeldActions> held;

  MdeExchange(MdeSettings settings, JsonHttp http, AccessTokens tokens) {
    this(settings, http, tokens, Optional.empty());
  }

  /** @param held what takes every change in the place of Defender, in shadow; empty when they are sent */
  MdeExchange(MdeSettings settings, JsonHttp http, AccessTokens tokens, Optional<HeldActions> held) {
    this.held = held;
    this.settings = settings;
    this.http = http;
    this.tokens = tokens;
  }

  /** The body of a 200, or empty on 404. */
  Optional<JsonNode> read(String operation, String path) {
    JsonResponse response = send(RestCall.get(SERVICE, operation, settings.baseUrl() + path));
    if (response.status() == 404) {
      return Optional.empty();
    }
    if (!response.isSuccess()) {
      throw failure(operation, response, new MdeUnavailable(operation, "status " + response.status()));
    }
    return Optional.of(response.body());
  }

  /** What a link leads to that MDE gave out. The link is a secret of its own, so our token does not go with it. */
  JsonNode download(String operation, String link) {
    if (!link.startsWith("https://")) {
      throw new MdeUnavailable(operation, "unreadable answer");
    }
    try {
      JsonResponse response = http.exchange(RestCall.get(SERVICE, operation, link));
      if (!response.isSuccess()) {
        throw new MdeUnavailable(operation, "status " + response.status());
      }
      return response.body();
    } catch (NotSent | AmbiguousSend e) {
      throw new MdeUnavailable(operation, "not reached");
    }
  }

  /** The machine action MDE answered a change with. Whatever would change something at MDE goes this way. */
  MachineAction change(String operation, String path, Map<String, ?> body) {
    if (held.isPresent()) {
      return held.get().take(operation, path, body);
    }
    JsonResponse response = send(RestCall.post(SERVICE, operation, settings.baseUrl() + path, body));
    if (!response.isSuccess()) {
      throw failure(operation, response, new MdeAmbiguous(operation, "status " + response.status()));
    }
    return MdeJson.action(response.body()).orElseThrow(() -> new MdeAmbiguous(operation, "unreadable answer"));
  }

  /** Whoever refuses the token has taken nothing, so a request with a fresh one is no second request; after that it is final. */
  private JsonResponse send(RestCall call) {
    long begun = System.nanoTime();
    JsonResponse response = sendOnce(call);
    if (response.status() != UNAUTHORIZED) {
      return response;
    }
    tokens.forget(settings.scope());
    return System.nanoTime() - begun < SOON.toNanos() ? sendOnce(call) : response;
  }

  private JsonResponse sendOnce(RestCall call) {
    try {
      return http.exchange(call.withBearer(tokens.bearer(settings.scope())));
    } catch (TokenUnavailable e) {
      throw new MdeUnavailable(call.operation(), "no access token");
    } catch (NotSent e) {
      throw new MdeUnavailable(call.operation(), "not reached");
    } catch (AmbiguousSend e) {
      throw call.method().equals("GET")
          ? new MdeUnavailable(call.operation(), "no answer")
          : new MdeAmbiguous(call.operation(), "no answer");
    }
  }

  private MdeException failure(String operation, JsonResponse response, MdeException otherwise) {
    int status = response.status();
    if (status == 429) {
      return new MdeThrottled(operation, response.retryAfter().orElse(DEFAULT_WAIT));
    }
    if (status == UNAUTHORIZED) {
      tokens.forget(settings.scope());
    }
    return status >= 400 && status < 500 && status != 408 ? refused(operation, response) : otherwise;
  }

  private static MdeRefused refused(String operation, JsonResponse response) {
    JsonNode error = response.body().path("error");
    String code = code(error.path("code").asText(""));
    String message = error.path("message").asText("").toLowerCase(Locale.ROOT);
    boolean inProgress =
        code.equals("ActiveRequestAlreadyExists") || message.contains("action is already in progress");
    return new MdeRefused(operation, response.status(), code, target(error.path("target").asText("")), inProgress);
  }

  // Both end up in exceptions and evidence, so only their documented shapes pass.
  private static String code(String value) {
    return value.matches("[A-Za-z]{1,64}") ? value : "Unknown";
  }

  private static String target(String value) {
    return value.matches("[A-Za-z0-9.|-]{1,80}") ? value : "";
  }
}
