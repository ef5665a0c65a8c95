package io.cordon.channels.teams.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys with which the Connector signs, with what each may speak for. Read again after a day, and for a key nobody knows at
 * most once an hour. One thread reads, and nobody waits for it: anybody may call with a key that is unknown. Contract teams-pagerduty, section 1.7.
 */
final class ConnectorKeys {
  static final Duration FRESH = Duration.ofHours(24);
  /** Without a reading for so long nobody's token counts. */
  static final Duration USABLE = Duration.ofHours(48);

  static final Duration UNKNOWN_KEY = Duration.ofHours(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  /** A key and its endorsements. */
  record Key(RSAPublicKey key, Set<String> endorsements) {}

  private record Held(Map<String, Key> keys, Instant readAt) {}

  private final JsonHttp http;
  private final String metadataUrl;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Held held = new Held(Map.of(), Instant.MIN);
  private volatile Instant triedAt = Instant.MIN;

  ConnectorKeys(JsonHttp http, String metadataUrl, Clock clock) {
    this.http = http;
    this.metadataUrl = metadataUrl;
    this.clock = clock;
  }

  /** The key of this id; empty when the Connector has none, cannot be asked, or is just being asked by another. */
  Optional<Key> find(String keyId) {
    Instant now = clock.instant();
    if (isDue(keyId, now) && reading.tryLock()) {
      try {
        readAgain(keyId, now);
      } finally {
        reading.unlock();
      }
    }
    Held known = held;
    return older(known.readAt(), USABLE, now) ? Optional.empty() : Optional.ofNullable(known.keys().get(keyId));
  }

  private void readAgain(String keyId, Instant now) {
    // another may have read since this one looked
    if (isDue(keyId, now)) {
      triedAt = now;
      read().ifPresent(fresh -> held = new Held(fresh, now));
    }
  }

  private boolean isDue(String keyId, Instant now) {
    Held known = held;
    boolean old = older(known.readAt(), FRESH, now);
    boolean unknown = !known.keys().containsKey(keyId) && older(known.readAt(), UNKNOWN_KEY, now);
    return (old || unknown) && older(triedAt, AFTER_FAILURE, now);
  }

  private static boolean older(Instant at, Duration age, Instant now) {
    return at.equals(Instant.MIN) || !now.isBefore(at.plus(age));
  }

  private Optional<Map<String, Key>> read() {
    return get("openid-metadata", metadataUrl)
        .map(metadata -> metadata.path("jwks_uri").asText())
        .filter(this::isOfTheSameHost)
        .flatMap(uri -> get("keys", uri))
        .map(ConnectorKeys::parsed)
        .filter(found -> !found.isEmpty());
  }

  private boolean isOfTheSameHost(String uri) {
    try {
      URI keys = URI.create(uri);
      URI metadata = URI.create(metadataUrl);
      return "https".equals(keys.getScheme()) && metadata.getAuthority().equals(keys.getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<JsonNode> get(String operation, String url) {
    try {
      JsonResponse response = http.exchange(RestCall.get("teams", operation, url));
      return response.isSuccess() ? Optional.of(response.body()) : Optional.empty();
    } catch (NotSent | AmbiguousSend e) {
      return Optional.empty();
    }
  }

  private static Map<String, Key> parsed(JsonNode set) {
    Map<String, Key> found = new HashMap<>();
    for (JsonNode one : set.path("keys")) {
      Set<String> endorsements = new HashSet<>();
      one.path("endorsements").forEach(channel -> endorsements.add(channel.asText()));
      try {
        RSAKey key = RSAKey.parse(one.toString());
        if (key.getKeyID() != null) {
          found.put(key.getKeyID(), new Key(key.toRSAPublicKey(), Set.copyOf(endorsements)));
        }
      } catch (ParseException | JOSEException e) {
        // a key of another kind signs nothing that we take
      }
    }
    return Map.copyOf(found);
  }
}
