package io.cordon.platform.azure;

import com.microsoft.graph.security.alerts_v2.AlertsV2RequestBuilder;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import com.microsoft.kiota.http.OkHttpRequestAdapter;
import io.cordon.platform.http.HttpClients;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Graph through the SDK's request builders, with our own HTTP underneath: none of Kiota's interceptors, so no retry and
 * one request per call. The answer is taken as bytes, since the SDK would turn what it does not know into null.
 */
final class GraphAlertsHttp implements GraphAlerts {
  private static final int LARGEST_ANSWER = 32 << 20;

  private final GraphSettings settings;
  private final AccessTokens tokens;
  private final OkHttpRequestAdapter adapter;
  private final AlertsV2RequestBuilder alerts;

  GraphAlertsHttp(GraphSettings settings, AccessTokens tokens, HttpClients clients) {
    this.settings = settings;
    this.tokens = tokens;
    GraphTokens bearer = new GraphTokens(tokens, settings.scope(), URI.create(settings.baseUrl()).getHost());
    adapter = new OkHttpRequestAdapter(new BaseBearerTokenAuthenticationProvider(bearer), null, null, clients.client());
    adapter.setBaseUrl(settings.baseUrl() + "/v1.0");
    alerts = new GraphServiceClient(adapter).security().alertsV2();
  }

  @Override
  public byte[] updatedSince(Instant since, int most) {
    return page(alerts.toGetRequestInformation(request -> {
      request.queryParameters.filter = "lastUpdateDateTime ge " + since;
      request.queryParameters.top = most;
      knowEveryMember(request);
    }));
  }

  @Override
  public byte[] next(String link) {
    if (!leadsBack(link)) {
      throw AlertReadException.unusable("FOREIGN_LINK");
    }
    return page(alerts.withUrl(link).toGetRequestInformation(GraphAlertsHttp::knowEveryMember));
  }

  // without it Graph hides the enum members that came later, such as alerts of Defender for Cloud
  private static void knowEveryMember(AlertsV2RequestBuilder.GetRequestConfiguration request) {
    request.headers.add("Prefer", "include-unknown-enum-members");
  }

  /** Whether a link stays at the same scheme, host, port and resource: it is sent our token. */
  private boolean leadsBack(String link) {
    try {
      URI to = URI.create(link);
      URI home = URI.create(settings.baseUrl());
      return Objects.equals(to.getScheme(), home.getScheme())
          && Objects.equals(to.getRawAuthority(), home.getRawAuthority())
          && (home.getPath() + "/v1.0/security/alerts_v2").equals(to.getPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private byte[] page(RequestInformation request) {
    try (InputStream body = adapter.sendPrimitive(request, null, InputStream.class)) {
      if (body == null) {
        throw AlertReadException.unusable("UNREADABLE");
      }
      byte[] bytes = body.readNBytes(LARGEST_ANSWER + 1);
      if (bytes.length > LARGEST_ANSWER) {
        throw AlertReadException.unusable("TOO_LARGE");
      }
      return bytes;
    } catch (ApiException e) {
      throw refused(e);
    } catch (TokenUnavailable e) {
      throw AlertReadException.incomplete("NO_TOKEN");
    } catch (AlertReadException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw AlertReadException.incomplete("NO_ANSWER");
    }
  }

  private AlertReadException refused(ApiException refusal) {
    int status = refusal.getResponseStatusCode();
    if (status == 401) {
      tokens.forget(settings.scope());
    }
    return status == 0 ? AlertReadException.incomplete("NO_ANSWER") : AlertReadException.status(status, retryAfter(refusal));
  }

  private static Optional<Duration> retryAfter(ApiException refusal) {
    Set<String> values = refusal.getResponseHeaders() == null ? null : refusal.getResponseHeaders().get("Retry-After");
    return values == null
        ? Optional.empty()
        : values.stream().filter(value -> value.matches("[0-9]{1,6}")).findFirst().map(Long::parseLong).map(Duration::ofSeconds);
  }
}
