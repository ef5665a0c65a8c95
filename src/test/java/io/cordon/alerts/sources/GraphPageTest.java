package io.cordon.alerts.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.platform.azure.AlertReadException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphPageTest {
  private static final String FIRST =
      "{\"id\":\"a\", \"lastUpdateDateTime\":\"2026-11-24T09:20:01.0536810Z\","
          + "\"title\":\"Jürgen \\u00e9\",\"evidence\":[{\"lastUpdateDateTime\":\"x\"}]}";
  private static final String SECOND = "{\"lastUpdateDateTime\":null,\"id\":\"b\"}";

  @Test
  void cutsOutEveryAlertByteForByte() {
    SourcePage page = split("{\"@odata.context\":\"c\",\"value\":[" + FIRST + " ,\n" + SECOND + ",7,\"x\",null,[1]],\"@odata.nextLink\":\"https://next\"}");
    assertThat(texts(page)).containsExactly(FIRST, SECOND, "7", "\"x\"", "null", "[1]");
    assertThat(page.items().get(0).at()).isEqualTo(Instant.parse("2026-11-24T09:20:01.053681Z"));
    assertThat(page.items().get(1).at()).isNull();
    assertThat(page.next()).contains("https://next");
  }

  @Test
  void cutsOutAnAlertThatIsNestedTooDeepToBeRead() {
    String deep = "{\"id\":\"c\",\"evidence\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertThat(texts(split("{\"value\":[" + deep + "," + FIRST + "]}"))).containsExactly(deep, FIRST);
  }

  @Test
  void leavesOutAlertsAboutNoServerAndKeepsWhatItDoesNotKnow() {
    SourcePage page =
        split("{\"value\":[{\"serviceSource\":\"microsoftDefenderForOffice365\"},{\"serviceSource\":\"madeUpLater\"},{\"serviceSource\":null}]}");
    assertThat(texts(page)).containsExactly("{\"serviceSource\":\"madeUpLater\"}", "{\"serviceSource\":null}");
  }

  @Test
  void takesAnEmptyPage() {
    assertThat(split("{\"value\":[]}").items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"value\":[{\"id\":\"a\"}", "{\"value\":{}}", "{\"value\":[{\"id\":}]}"})
  void refusesWhatIsNoPage(String body) {
    assertThatThrownBy(() -> split(body)).isInstanceOf(AlertReadException.class).hasMessage("UNREADABLE");
  }

  private static SourcePage split(String body) {
    return GraphPage.split(body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> texts(SourcePage page) {
    return page.items().stream().map(item -> new String(item.json(), StandardCharsets.UTF_8)).toList();
  }
}
