package io.cordon.assets;

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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Devices from the Defender API: one GET by id. Only known words and strict shapes get through. */
final class MdeMachinesHttp implements MdeMachines {
  private static final List<String> HEALTH =
      List.of("Active", "Inactive", "ImpairedCommunication", "NoSensorData", "NoSensorDataImpairedCommunication");
  private static final List<String> ONBOARDING = List.of("Onboarded", "CanBeOnboarded", "Unsupported", "InsufficientInfo");
  private static final Pattern OS = Pattern.compile("[A-Za-z0-9 ._-]{1,64}");
  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(60);

  private final MdeSettings settings;
  private final JsonHttp http;
  private final AccessTokens tokens;

  MdeMachinesHttp(MdeSettings settings, JsonHttp http, AccessTokens tokens) {
    this.settings = settings;
    this.http = http;
    this.tokens = tokens;
  }

  @Override
  public Optional<MdeDevice> device(String mdeDeviceId) {
    String id = MachineIds.mde(mdeDeviceId).orElseThrow(() -> new IllegalArgumentException("Not an MDE device id"));
    JsonResponse response = send(RestCall.get("mde", "device", settings.baseUrl() + "/api/machines/" + id));
    if (response.status() == 404) {
      return Optional.empty();
    }
    if (response.status() == 429) {
      throw new MdeLookupUnavailable("throttled", response.retryAfter().orElse(DEFAULT_WAIT));
    }
    if (response.status() == 401) {
      tokens.forget(settings.scope());
    }
    if (!response.isSuccess()) {
      throw new MdeLookupUnavailable("status " + response.status(), null);
    }
    return Optional.of(device(id, response.body()));
  }

  private JsonResponse send(RestCall call) {
    try {
      return http.exchange(call.withBearer(tokens.bearer(settings.scope())));
    } catch (TokenUnavailable e) {
      throw new MdeLookupUnavailable("no access token", null);
    } catch (NotSent | AmbiguousSend e) {
      throw new MdeLookupUnavailable("not reached", null);
    }
  }

  // the path also answers to computer names, so what comes back must be the device asked for
  private static MdeDevice device(String asked, JsonNode body) {
    MachineIds.mde(body.path("id").textValue()).filter(asked::equals).orElseThrow(() -> new MdeLookupUnavailable("unreadable answer", null));
    String merged = body.path("mergedIntoMachineId").textValue();
    return new MdeDevice(
        asked,
        (shaped(body, "osPlatform") + " " + shaped(body, "osVersion")).strip(),
        architecture(body),
        oneOf(HEALTH, body.path("healthStatus").textValue()),
        oneOf(ONBOARDING, body.path("onboardingStatus").textValue()),
        // an unreadable pointer still says that this record is no longer the device
        merged == null || merged.isBlank() ? null : MachineIds.mde(merged).orElseThrow(() -> new MdeLookupUnavailable("unreadable answer", null)));
  }

  private static String architecture(JsonNode body) {
    String processor = body.path("osProcessor").asText("").toLowerCase(Locale.ROOT);
    return processor.startsWith("arm") || processor.equals("aarch64") ? "arm64" : processor.equals("x64") ? "x64" : MdeDevice.UNKNOWN;
  }

  private static String shaped(JsonNode body, String field) {
    String text = body.path(field).asText("");
    return OS.matcher(text).matches() ? text : "";
  }

  private static String oneOf(List<String> known, String word) {
    return known.stream().filter(one -> one.equalsIgnoreCase(word)).findFirst().orElse(MdeDevice.UNKNOWN);
  }
}
