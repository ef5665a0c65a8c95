package io.cordon.alerts.sources;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.cordon.platform.azure.AlertReadException;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a page of Graph into the bytes of its alerts. Only the frame is read, so that an alert nobody can read costs no
 * other one; reading it is the intake's business. Pure.
 */
final class GraphPage {
  /** Services whose alerts are about mail, people and cloud applications, never about a server. */
  private static final Set<String> ABOUT_NO_SERVER =
      Set.of("microsoftDefenderForOffice365", "microsoftDefenderForIdentity", "microsoftDefenderForCloudApps",
          "azureAdIdentityProtection", "microsoftAppGovernance", "dataLossPrevention");
  private static final Set<String> READ = Set.of("serviceSource", "lastUpdateDateTime");
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100_000).build()).build();

  private final byte[] body;
  private final List<SourcePage.Item> items = new ArrayList<>();
  private String next;
  private boolean hasItems;

  private GraphPage(byte[] body) {
    this.body = body;
  }

  /** The alerts that may be about a server, and the link to the next page. */
  static SourcePage split(byte[] body) {
    GraphPage page = new GraphPage(body);
    try (JsonParser json = JSON.createParser(body)) {
      page.readFrame(json);
    } catch (IOException e) {
      throw AlertReadException.unusable("UNREADABLE");
    }
    if (!page.hasItems) {
      throw AlertReadException.unusable("UNREADABLE");
    }
    return new SourcePage(page.items, Optional.ofNullable(page.next));
  }

  private void readFrame(JsonParser json) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("value") && value == JsonToken.START_ARRAY) {
        hasItems = true;
        readItems(json);
      } else if (name.equals("@odata.nextLink") && value == JsonToken.VALUE_STRING) {
        next = json.getText();
      } else {
        json.skipChildren();
      }
    }
  }

  private void readItems(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      int from = (int) json.currentTokenLocation().getByteOffset();
      Map<String, String> texts = texts(json);
      json.finishToken();
      int to = (int) json.currentLocation().getByteOffset();
      if (!ABOUT_NO_SERVER.contains(texts.getOrDefault("serviceSource", ""))) {
        items.add(new SourcePage.Item(Arrays.copyOfRange(body, from, to), instant(texts.get("lastUpdateDateTime"))));
      }
    }
  }

  /** Reads over one alert and keeps the two texts that are needed here. */
  private static Map<String, String> texts(JsonParser json) throws IOException {
    Map<String, String> texts = new HashMap<>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return texts;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_STRING && READ.contains(name)) {
        texts.put(name, json.getText());
      }
      json.skipChildren();
    }
    return texts;
  }

  private static Instant instant(String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
