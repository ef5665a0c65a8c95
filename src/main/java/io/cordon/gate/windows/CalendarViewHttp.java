package io.cordon.gate.windows;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.platform.azure.AccessTokens;
import io.cordon.platform.azure.GraphSettings;
import io.cordon.platform.azure.TokenUnavailable;
import io.cordon.platform.http.AmbiguousSend;
import io.cordon.platform.http.JsonHttp;
import io.cordon.platform.http.JsonResponse;
import io.cordon.platform.http.NotSent;
import io.cordon.platform.http.RestCall;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The calendar view of one maintenance mailbox in Microsoft Graph. Asks for times and categories only: subjects, texts,
 * places and people of clinical calendars can hold patient data. Contract sentinel-graph-arc, section 6.
 */
final class CalendarViewHttp implements MaintenanceCalendar {
  private static final String SELECT = "iCalUId,start,end,isAllDay,isCancelled,categories";
  private static final Map<String, String> IN_UTC = Map.of("Prefer", "outlook.timezone=\"UTC\"");
  private static final int PAGE = 250;
  private static final int MOST_PAGES = 8;

  private final GraphSettings settings;
  private final AccessTokens tokens;
  private final JsonHttp http;
  private final String path;
  private final CalendarWords words;
  private final ZoneId zone;

  CalendarViewHttp(GraphSettings settings, AccessTokens tokens, JsonHttp http, String mailbox, CalendarWords words, ZoneId zone) {
    this.settings = settings;
    this.tokens = tokens;
    this.http = http;
    this.path = "/v1.0/users/" + encoded(mailbox) + "/calendar/calendarView";
    this.words = words;
    this.zone = zone;
  }

  @Override
  public List<CalendarEntry> read(TimeSpan span) {
    List<CalendarEntry> entries = new ArrayList<>();
    String url =
        settings.baseUrl() + path + "?startDateTime=" + encoded(span.from().toString()) + "&endDateTime=" + encoded(span.to().toString())
            + "&$select=" + encoded(SELECT) + "&$top=" + PAGE;
    for (int pages = 0; url != null; pages++) {
      if (pages == MOST_PAGES) {
        throw new CalendarUnreadable("TOO_MANY");
      }
      JsonNode page = page(url);
      page.path("value").forEach(event -> take(event, entries));
      url = next(page.path("@odata.nextLink"));
    }
    return entries;
  }

  private JsonNode page(String url) {
    JsonResponse response = ask(url);
    if (response.status() == 401) {
      tokens.forget(settings.scope());
    }
    if (response.status() != 200) {
      throw new CalendarUnreadable("STATUS_" + response.status(), response.retryAfter().orElse(null));
    }
    if (!response.body().path("value").isArray()) {
      throw new CalendarUnreadable("UNREADABLE");
    }
    return response.body();
  }

  private JsonResponse ask(String url) {
    try {
      return http.exchange(new RestCall("graph", "calendarView", "GET", url, tokens.bearer(settings.scope()), IN_UTC, null));
    } catch (TokenUnavailable e) {
      throw new CalendarUnreadable("NO_TOKEN");
    } catch (NotSent e) {
      throw new CalendarUnreadable("NOT_REACHED");
    } catch (AmbiguousSend e) {
      throw new CalendarUnreadable("NO_ANSWER");
    }
  }

  private void take(JsonNode event, List<CalendarEntry> entries) {
    JsonNode cancelled = event.path("isCancelled");
    JsonNode uid = event.path("iCalUId");
    if (!cancelled.isBoolean() || !uid.isTextual() || !event.path("categories").isArray()) {
      throw new CalendarUnreadable("UNREADABLE");
    }
    List<String> categories = StreamSupport.stream(event.path("categories").spliterator(), false).map(JsonNode::asText).toList();
    if (!cancelled.asBoolean() && words.areIn(categories)) {
      words.entry(uid.asText(), instant(event, "start"), instant(event, "end"), categories).ifPresent(entries::add);
    }
  }

  /** A time of Graph is without offset beside a zone, which is the one we asked for; a whole day has no zone but ours. */
  private Instant instant(JsonNode event, String end) {
    JsonNode time = event.path(end);
    if (!"UTC".equals(time.path("timeZone").asText()) || !event.path("isAllDay").isBoolean()) {
      throw new CalendarUnreadable("UNREADABLE");
    }
    try {
      LocalDateTime written = LocalDateTime.parse(time.path("dateTime").asText());
      return event.path("isAllDay").asBoolean() ? written.atZone(zone).toInstant() : written.toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new CalendarUnreadable("UNREADABLE");
    }
  }

  /** The next page, which must be at the same place: it is sent our token. */
  private String next(JsonNode link) {
    if (link.isMissingNode()) {
      return null;
    }
    try {
      URI to = URI.create(link.asText());
      URI home = URI.create(settings.baseUrl());
      boolean leadsBack =
          home.getScheme().equals(to.getScheme()) && home.getRawAuthority().equals(to.getRawAuthority())
              && (home.getRawPath() + path).equals(to.getRawPath());
      if (leadsBack) {
        return link.asText();
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new CalendarUnreadable("FOREIGN_LINK");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
