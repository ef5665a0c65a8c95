package io.cordon.gate.clearance;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.TokenUnavailable;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.FormFields;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import io.cordon.platform.phi.PatientDataFound;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Searches by POST with {@code _summary=count} and reads the total, nothing else. What answers with resources, or did not
 * understand a parameter, did not answer. Contract evidence-phi-security, section 3.
 */
final class FhirCountsHttp implements FhirCounts {
  private static final Map<String, String> STRICT = Map.of("Prefer", "handling=strict", "Accept", "application/fhir+json");

  private final String baseUrl;
  private final String scope;
  private final AccessTokens tokens;
  private final JsonHttp http;

  /** @param scope of the token to send; null where the server asks for none */
  FhirCountsHttp(String baseUrl, String scope, AccessTokens tokens, JsonHttp http) {
    this.baseUrl = baseUrl.replaceAll("/+$", "");
    this.scope = scope;
    this.tokens = tokens;
    this.http = http;
  }

  @Override
  public long count(CountSearch search) {
    JsonResponse response = ask(search);
    if (response.status() == 401 && scope != null) {
      tokens.forget(scope);
    }
    if (response.status() == 429 || response.status() == 503) {
      throw new FeedFailed(ClearanceReason.FEED_THROTTLED);
    }
    if (response.status() != 200) {
      throw new FeedFailed(response.status() >= 500 ? ClearanceReason.FEED_AWAY : ClearanceReason.FEED_REFUSED);
    }
    return total(search, response.body());
  }

  private JsonResponse ask(CountSearch search) {
    List<Map.Entry<String, String>> fields = new ArrayList<>(search.parameters());
    fields.add(Map.entry("_summary", "count"));
    try {
      String bearer = scope == null ? null : tokens.bearer(scope);
      String url = baseUrl + "/" + search.resource() + "/_search";
      return http.exchange(new RestCall("fhir", "count", "POST", url, bearer, STRICT, new FormFields(fields)));
    } catch (NotSent | AmbiguousSend | TokenUnavailable e) {
      throw new FeedFailed(ClearanceReason.FEED_AWAY);
    } catch (PatientDataFound e) {
      throw new FeedFailed(ClearanceReason.FEED_REFUSED);
    }
  }

  /** The type of a bundle is not looked at: some servers leave it out here. */
  private static long total(CountSearch search, JsonNode bundle) {
    JsonNode total = bundle.path("total");
    boolean counts = total.isIntegralNumber() && total.canConvertToLong() && total.asLong() >= 0;
    if (!"Bundle".equals(bundle.path("resourceType").asText()) || bundle.has("entry") || !counts || !understood(search, bundle)) {
      throw new FeedFailed(ClearanceReason.FEED_UNREADABLE);
    }
    return total.asLong();
  }

  /** A server leaves out of its {@code self} link what it ignored, and most ignore what they do not know. */
  private static boolean understood(CountSearch search, JsonNode bundle) {
    List<String> named = new ArrayList<>();
    for (JsonNode link : bundle.path("link")) {
      if ("self".equals(link.path("relation").asText())) {
        names(link.path("url").asText()).forEach(named::add);
      }
    }
    return search.parameters().stream().map(Map.Entry::getKey).allMatch(named::remove);
  }

  private static Stream<String> names(String url) {
    int query = url.indexOf('?');
    return query < 0
        ? Stream.of()
        : Stream.of(url.substring(query + 1).split("&")).map(pair -> URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8));
  }
}
