package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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

  private static final ObjectMapper JSON = new ObjectMapper();

  private final AlertParser parser = new AlertParser();

  @Test
  void readsARowAnArrayAndLines() {
    assertThat(split("{}")).hasSize(1);
    assertThat(parser.split("[{},{}]".getBytes())).hasSize(2);
    assertThat(parser.split("{}\n{}\n{}".getBytes())).hasSize(3);
    assertThat(parser.split("[{}]\n[{},{}]".getBytes())).as("nothing after the first array is lost").hasSize(3);
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
  void refusesMoreAlertsThanOneCallMayBring() {
    assertThat(split("{}".repeat(AlertParser.MOST_ALERTS))).hasSize(AlertParser.MOST_ALERTS);
    assertRefused("{}".repeat(AlertParser.MOST_ALERTS + 1), "TOO_LARGE");
    assertRefused("[" + "{},".repeat(AlertParser.MOST_ALERTS) + "{}]", "TOO_LARGE");
    assertRefused("{\"tables\":[{\"columns\":[],\"rows\":[" + "[],".repeat(AlertParser.MOST_ALERTS) + "[]]}]}", "TOO_LARGE");
  }

  @Test
  void refusesABodyThatIsSmallAndMakesMuch() {
    assertRefused("[" + "{},".repeat(1_000_000) + "{}]", "TOO_LARGE");
    String wide = "{\"tables\":[{\"columns\":[" + "{\"name\":\"a\"},".repeat(501) + "{}],\"rows\":[[1]]}]}";
    assertRefused(wide, "WRONG_SHAPE");
    String entities = "\"" + "x".repeat(2 << 20) + "\"";
    assertRefused("{\"object\":{\"properties\":{\"relatedEntities\":[" + entities + "],\"alerts\":[" + "{},".repeat(150) + "{}]}}}", "TOO_LARGE");
  }

  @Test
  void leavesOneThatIsNoObjectToTheQuarantine() {
    assertThat(split("[7,{\"SystemAlertId\":\"" + ID + "\"}]")).extracting(AlertShapes.Found::shape)
        .containsExactly(AlertShapes.Shape.UNKNOWN, AlertShapes.Shape.ROW);
  }

  @Test
  void keepsSignsThatNoCharsetCanWrite() {
    assertThat(new String(parser.raw(json("{\"a\":\"\\ud800 \\u0000 \u202e\"}")), StandardCharsets.US_ASCII))
        .isEqualTo("{\"a\":\"\\uD800 \\u0000 \\u202E\"}");
  }

  @Test
  void refusesJsonNestedTooDeep() {
    assertRefused("[".repeat(5_000) + "]".repeat(5_000), "MALFORMED_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"SystemAlertId\":7}", "{\"SystemAlertId\":\"\"}", "{\"SystemAlertId\":\"x'; drop table alert\"}", "{\"SystemAlertId\":null}"})
  void findsNoIdWhereThereIsNone(String alert) {
    assertThat(AlertReaders.id(split(alert).get(0))).isEmpty();
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
    AlertShapes.Found alert = row("{\"Entities\":\"[{\"}");
    assertThatThrownBy(() -> read(ID, alert)).isInstanceOf(EntityGraph.UnreadableEntities.class);
  }

  @ParameterizedTest
  @CsvSource({"High,High", "Low,Low", "CRITICAL,UNKNOWN", "<script>,UNKNOWN", "'',UNKNOWN"})
  void keepsOnlyKnownSeverities(String given, String kept) {
    assertThat(read(ID, row("{\"AlertSeverity\":\"" + given + "\"}")).severity()).isEqualTo(kept);
  }

  @Test
  void readsTheAlertTriggersNameOfTheSeverity() {
    assertThat(read(ID, row("{\"Severity\":\"Medium\"}")).severity()).isEqualTo("Medium");
  }

  @Test
  void givesTheSameBytesForTheSameContentInAnotherOrder() {
    assertThat(parser.raw(json("{\"a\":1,\"b\":{\"c\":2,\"d\":3}}"))).isEqualTo(parser.raw(json("{\"b\":{\"d\":3,\"c\":2},\"a\":1}")));
  }

  @Test
  void neverShowsTheRawAlert() {
    AlertShapes.Found found = row("{\"Description\":\"secret\"}");
    assertThat(found.toString()).contains("[raw]").doesNotContain("secret");
    assertThat(read(ID, found).toString()).doesNotContain("secret");
  }

  @Test
  void takesOfSeveralHostsTheOneThatEveryProcessNames() {
    String other = ",{\"$id\":\"3\",\"MdatpDeviceId\":\"" + "a".repeat(40) + "\",\"Type\":\"host\"}";
    String ours = ",{\"$id\":\"4\",\"ProcessId\":\"1\",\"Host\":{\"$ref\":\"2\"},\"Type\":\"process\"}";
    assertThat(aliases(HOST + other + ours)).containsExactly("mde:" + MDE);
    assertThat(aliases(HOST + other + ours + ",{\"$id\":\"5\",\"ProcessId\":\"2\",\"Type\":\"process\"}")).as("one does not say").isEmpty();
    assertThat(aliases(HOST + other + ours.replace("\"2\"", "\"9\""))).as("unknown reference").isEmpty();
    assertThat(aliases(HOST + other.replace("\"3\"", "\"2\"") + ours)).as("an id that is given twice").isEmpty();
  }

  @Test
  void readsProcessIdsInHexadecimalAndDecimal() {
    assertThat(read("{\"$id\":\"2\",\"ProcessId\":\"0x1640\",\"Type\":\"process\",\"ParentProcess\":{\"$id\":\"3\",\"ProcessId\":\"7908\",\"Type\":\"process\"}},"
        + "{\"$id\":\"4\",\"ProcessId\":\"no\",\"Type\":\"process\"}").processIds()).containsExactly(5696L, 7908L);
  }

  @Test
  void refusesMoreEntitiesThanAnyAlertHas() {
    String many = "{\"Type\":\"ip\"},".repeat(6_000);
    assertThatThrownBy(() -> read(many.substring(0, many.length() - 1))).isInstanceOf(EntityGraph.UnreadableEntities.class);
  }

  @Test
  void readsATableOfTheQueryApi() {
    String table = """
        {"tables":[{"name":"PrimaryResult","columns":[{"name":"SystemAlertId","type":"string"},{"name":"AlertSeverity","type":"string"},
         {"name":"Tactics","type":"string"},{"name":"VendorOriginalId","type":"string"}],
         "rows":[["%s","Low","Execution, Persistence, Nonsense","3cb12a2f-33e5-42ea-9238-be9ffbc212e2_1"],["short"]]}]}""".formatted(ID);
    List<AlertShapes.Found> rows = split(table);
    assertThat(rows).extracting(AlertShapes.Found::shape).containsExactly(AlertShapes.Shape.ROW, AlertShapes.Shape.ROW);
    IncomingAlert alert = read(ID, rows.get(0));
    assertThat(alert.severity()).isEqualTo("Low");
    assertThat(alert.tactics()).containsExactly("Execution", "Persistence");
    assertThat(alert.vendorId()).contains("3cb12a2f-33e5-42ea-9238-be9ffbc212e2_1");
    assertThat(AlertReaders.id(rows.get(1))).isEmpty();
  }

  @Test
  void readsEveryAlertOfAnIncident() {
    String incident = """
        {"objectSchemaType":"Incident","object":{"name":"n","properties":{"severity":"High","status":"Closed","classification":"FalsePositive",
         "additionalData":{"tactics":["Impact"]},
         "Alerts":[{"name":"x","properties":{"systemAlertId":"%s","severity":"Medium","productName":"Azure Security Center"}},{"name":"aaaaaaaa-1111"}],
         "relatedEntities":[{"kind":"Host","properties":{"hostName":"h","azureID":"%s","additionalData":{"MdatpDeviceId":"%s"}}},{"kind":"Account"}]}}}"""
        .formatted(ID, ARC, MDE);
    List<AlertShapes.Found> alerts = split(incident);
    assertThat(alerts).hasSize(2).allMatch(alert -> alert.shape() == AlertShapes.Shape.INCIDENT);
    assertThat(alerts.stream().map(AlertReaders::id)).containsExactly(Optional.of(ID), Optional.of("aaaaaaaa-1111"));
    IncomingAlert first = read(ID, alerts.get(0));
    assertThat(first.aliases()).containsExactly("arc:" + ARC.toLowerCase(), "mde:" + MDE);
    assertThat(first.severity()).isEqualTo("Medium");
    assertThat(first.detector()).isEqualTo("Defender for Cloud");
    assertThat(first.falsePositive()).isTrue();
    assertThat(read(ID, alerts.get(1)).severity()).as("the incident's where the alert has none").isEqualTo("High");
  }

  @Test
  void readsAPageAndAnItemOfGraph() {
    String device = "{\"@odata.type\":\"#microsoft.graph.security.deviceEvidence\",\"mdeDeviceId\":\"" + MDE + "\",\"vmMetadata\":{\"resourceId\":\"" + ARC + "\"}}";
    String process = "{\"@odata.type\":\"#microsoft.graph.security.processEvidence\",\"mdeDeviceId\":\"" + MDE + "\",\"processId\":4780}";
    String item = "{\"id\":\"da637551227677560813_-961444813\",\"severity\":\"high\",\"status\":\"resolved\",\"classification\":\"falsePositive\","
        + "\"serviceSource\":\"microsoftDefenderForEndpoint\",\"category\":\"LateralMovement\",\"evidence\":[" + device + "," + process + "]}";
    assertThat(split("{\"value\":[" + item + "," + item + "]}")).hasSize(2);
    IncomingAlert alert = read("da637551227677560813_-961444813", split(item).get(0));
    assertThat(alert.vendorId()).as("the same as in the SecurityAlert row").contains("637551227677560813_-961444813");
    assertThat(alert.aliases()).containsExactly("arc:" + ARC.toLowerCase(), "mde:" + MDE);
    assertThat(alert.severity()).isEqualTo("High");
    assertThat(alert.tactics()).containsExactly("LateralMovement");
    assertThat(alert.falsePositive()).isTrue();
    assertThat(alert.processIds()).containsExactly(4780L);
    String elsewhere = item.replace(process, process.replace(MDE, "b".repeat(40)));
    assertThat(read("x", split(elsewhere).get(0)).aliases()).as("evidence from another device").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1}", "{\"id\":\"no-alert-0\"}", "{\"object\":{\"properties\":{\"alerts\":[]}}}", "{\"tables\":[{\"columns\":[],\"rows\":[[1]]}]}"})
  void knowsWhatItDoesNotKnow(String body) {
    assertThat(split(body)).extracting(AlertShapes.Found::shape).containsExactly(AlertShapes.Shape.UNKNOWN);
  }

  private Set<String> aliases(String entities) {
    return read(entities).aliases();
  }

  private IncomingAlert read(String id, AlertShapes.Found found) {
    return parser.read(id, found, parser.raw(found.json()));
  }

  private IncomingAlert read(String entities) {
    return read(ID, new AlertShapes.Found(AlertShapes.Shape.ROW, JSON.createObjectNode().put("Entities", "[" + entities + "]")));
  }

  private AlertShapes.Found row(String json) {
    return new AlertShapes.Found(AlertShapes.Shape.ROW, json(json));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<AlertShapes.Found> split(String body) {
    return parser.split(body.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(String body, String code) {
    assertThatThrownBy(() -> split(body)).isInstanceOf(UnreadableAlertException.class).hasMessage(code);
  }
}
