package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertParserTest {
  private static final String ID = "6092461b-0000-4bae-87c8-dd1e29b8f83a";
  private static final String MDE = "4f22ab5dc4be96566ee3c9adb3b77280dc08bfdb";
  private static final String ARC = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/pacs";
  private static final String HOST = "{\"$id\":\"2\",\"HostName\":\"pacs\",\"MdatpDeviceId\":\"" + MDE + "\",\"Type\":\"host\"}";

  private final AlertParser parser = new AlertParser();

  @Test
  void readsARowAnArrayAndLines() {
    assertThat(split("{}")).hasSize(1);
    assertThat(parser.split("[{},{}]".getBytes())).hasSize(2);
    assertThat(parser.split("{}\n{}\n{}".getBytes())).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[{]", "not json", "{\"a\":}", "\u0000"})
  void refusesWhatIsNoJson(String body) {
    assertRefused(body, "MALFORMED_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "\"text\"", "[]", "[1]", "null"})
  void refusesWhatIsNoAlert(String body) {
    assertRefused(body, "WRONG_SHAPE");
  }

  @Test
  void refusesABodyOverTheLimitAndTakesOneAtIt() {
    byte[] atLimit = " ".repeat(AlertParser.LARGEST_BODY - 2).concat("{}").getBytes();
    assertThat(parser.split(atLimit)).hasSize(1);
    assertThatThrownBy(() -> parser.split((new String(atLimit) + " ").getBytes())).hasMessage("TOO_LARGE");
  }

  @Test
  void refusesJsonNestedTooDeep() {
    assertRefused("[".repeat(5_000) + "]".repeat(5_000), "MALFORMED_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"SystemAlertId\":7}", "{\"SystemAlertId\":\"\"}", "{\"SystemAlertId\":\"x'; drop table alert\"}", "{\"SystemAlertId\":null}"})
  void findsNoIdWhereThereIsNone(String alert) {
    assertThat(AlertParser.id(split(alert).get(0))).isEmpty();
  }

  @Test
  void takesTheMachineByItsExactId() {
    assertThat(aliases(HOST)).containsExactly("mde:" + MDE);
  }

  @Test
  void takesTheArcIdInLowerCase() {
    assertThat(aliases("{\"$id\":\"2\",\"AzureID\":\"" + ARC + "\",\"Type\":\"host\"}")).containsExactly("arc:" + ARC.toLowerCase());
  }

  @Test
  void findsAHostThatStandsInsideAnotherEntity() {
    assertThat(aliases("{\"$id\":\"3\",\"ProcessId\":\"0x10\",\"Type\":\"process\",\"Host\":" + HOST + "},{\"$ref\":\"2\"}")).containsExactly("mde:" + MDE);
  }

  @Test
  void takesNoMachineFromTwoHosts() {
    assertThat(aliases(HOST + ",{\"$id\":\"3\",\"MdatpDeviceId\":\"" + "a".repeat(40) + "\",\"Type\":\"host\"}")).isEmpty();
    assertThat(aliases(HOST + ",{\"$id\":\"3\",\"HostName\":\"other\",\"Type\":\"host\"}")).isEmpty();
  }

  @Test
  void neverTakesAMachineByItsName() {
    assertThat(aliases("{\"$id\":\"2\",\"HostName\":\"pacs-gw-01\",\"FQDN\":\"pacs-gw-01.hosp.example\",\"Type\":\"host\"}")).isEmpty();
  }

  @Test
  void refusesEntitiesThatAreNoJson() {
    JsonNode alert = split("{\"Entities\":\"[{\"}").get(0);
    assertThatThrownBy(() -> parser.read(ID, alert)).isInstanceOf(HostEntities.UnreadableEntities.class);
  }

  @ParameterizedTest
  @CsvSource({"High,High", "Low,Low", "CRITICAL,UNKNOWN", "<script>,UNKNOWN", "'',UNKNOWN"})
  void keepsOnlyKnownSeverities(String given, String kept) {
    assertThat(parser.read(ID, split("{\"AlertSeverity\":\"" + given + "\"}").get(0)).severity()).isEqualTo(kept);
  }

  @Test
  void readsTheAlertTriggersNameOfTheSeverity() {
    assertThat(parser.read(ID, split("{\"Severity\":\"Medium\"}").get(0)).severity()).isEqualTo("Medium");
  }

  @Test
  void givesTheSameBytesForTheSameContentInAnotherOrder() {
    assertThat(parser.raw(split("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}").get(0))).isEqualTo(parser.raw(split("{\"b\":{\"d\":3,\"c\":2},\"a\":1}").get(0)));
  }

  @Test
  void neverShowsTheRawAlert() {
    assertThat(parser.read(ID, split("{\"Description\":\"secret\"}").get(0)).toString()).doesNotContain("secret");
  }

  @Test
  void readsRealRows() throws Exception {
    Path rows = Path.of("../shared/data/alerts/securityalert_rows.json");
    assumeTrue(Files.exists(rows), "real rows are not here");
    int read = 0;
    for (JsonNode wrapper : new ObjectMapper().readTree(rows.toFile())) {
      JsonNode row = wrapper.path("body");
      assertThat(AlertParser.id(row)).isPresent();
      parser.read(AlertParser.id(row).orElseThrow(), row);
      read++;
    }
    assertThat(read).isGreaterThan(50);
  }

  private Set<String> aliases(String entities) {
    JsonNode alert = new ObjectMapper().createObjectNode().put("Entities", "[" + entities + "]");
    return parser.read(ID, alert).aliases();
  }

  private java.util.List<JsonNode> split(String body) {
    return parser.split(body.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(String body, String code) {
    assertThatThrownBy(() -> split(body)).isInstanceOf(UnreadableAlertException.class).hasMessage(code);
  }
}
