package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordon.alerts.AlertShapes.Found;
import io.cordon.alerts.AlertShapes.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which machine an alert is about: by exact ids, in every shape, and none in any doubt. */
class MachineOfAlertTest {
  private static final String MDE = "4f22ab5dc4be96566ee3c9adb3b77280dc08bfdb";
  private static final String OTHER_MDE = "a".repeat(40);
  private static final String ARC = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg/providers/Microsoft.HybridCompute/machines/pacs";
  private static final String OTHER_ARC = ARC + "2";
  private static final String VM = "/subscriptions/44444444-4444-4444-8444-444444444444/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/pacs";
  private static final Set<String> BY_ARC = Set.of("arc:" + ARC.toLowerCase());
  private static final Set<String> BY_MDE = Set.of("mde:" + MDE);
  private static final Set<String> BY_BOTH = Set.of("arc:" + ARC.toLowerCase(), "mde:" + MDE);

  private final AlertParser parser = new AlertParser();

  @Test
  void takesTheResourceOfARowWithoutAHost() {
    assertThat(row(ARC.toUpperCase(), "")).isEqualTo(BY_ARC);
    assertThat(row(ARC, host("'HostName':'pacs'"))).as("a host without an id says nothing else").isEqualTo(BY_ARC);
    assertThat(row(ARC, host("'AzureID':'" + ARC.toUpperCase() + "'"))).isEqualTo(BY_ARC);
    assertThat(row(ARC, host("'MdatpDeviceId':'" + MDE + "'"))).as("the host's own id counts").isEqualTo(BY_MDE);
  }

  @Test
  void takesNoMachineWhenResourceAndHostContradictEachOther() {
    assertThat(row(OTHER_ARC, host("'AzureID':'" + ARC + "'"))).isEmpty();
    assertThat(row(ARC, host("'HostName':'pacs'") + "," + host("'HostName':'pacs'"))).isEmpty();
    assertThat(row(ARC, host("'MdatpDeviceId':'" + MDE + "'") + "," + host("'MdatpDeviceId':'" + OTHER_MDE + "'"))).isEmpty();
  }

  @Test
  void takesNoVirtualMachineOfAzureForAnArcMachine() {
    assertThat(row(VM, host("'AzureID':'" + VM + "'"))).isEmpty();
    assertThat(row("", host("'AzureID':'" + VM + "','MdatpDeviceId':'" + MDE + "'"))).isEqualTo(BY_MDE);
  }

  @Test
  void knowsAHostThatIsWrittenDownTwice() {
    String both = host("'MdatpDeviceId':'" + MDE + "'") + "," + host("'MdatpDeviceId':'" + MDE.toUpperCase() + "','AzureID':'" + ARC + "'");
    assertThat(row("", both)).isEqualTo(BY_BOTH);
    assertThat(row("", both + "," + host("'MdatpDeviceId':'" + MDE + "','AzureID':'" + OTHER_ARC + "'"))).as("one device, two Arc machines").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$ref':'1'}", "{'$id':'1','Type':'process','ParentProcess':{'$ref':'1'},'Host':{'$ref':'1'}}",
        "{'$id':'1','Host':{'$ref':'2'},'Type':'account'},{'$id':'2','LoggedOnUsers':[{'$ref':'1'}],'Type':'ip'}",
        "{'$id':'x','Type':'process'},{'$id':'x','Type':'process'},{'$id':7,'Type':7}", "7,null,'text',[[]]"
      })
  void isNotLedAstrayByCyclesAndUnknownReferences(String around) {
    assertThat(row("", around.replace('\'', '"') + "," + host("'$id':'9','MdatpDeviceId':'" + MDE + "'"))).isEqualTo(BY_MDE);
  }

  @Test
  void refusesEntitiesNestedTooDeep() {
    assertThatThrownBy(() -> row("", "[".repeat(70) + "]".repeat(70))).isInstanceOf(EntityGraph.UnreadableEntities.class);
  }

  @Test
  void readsEntitiesThatAreNoTextToo() {
    String inline = "{'SystemAlertId':'6092461b-0000','Entities':[{'Type':'Host','MdatpDeviceId':'" + MDE + "'}]}";
    assertThat(machine(inline)).isEqualTo(BY_MDE);
    assertThat(machine("{'SystemAlertId':'6092461b-0000','Entities':7}")).isEmpty();
  }

  @Test
  void takesTheOneDeviceOfGraphEvidence() {
    String device = evidence("deviceEvidence", "'mdeDeviceId':'" + MDE + "','vmMetadata':{'resourceId':'" + ARC + "'}");
    String bare = evidence("deviceEvidence", "'mdeDeviceId':'" + MDE + "','vmMetadata':null");
    String process = evidence("processEvidence", "'mdeDeviceId':'" + MDE + "','processId':1");
    assertThat(graph(process)).isEqualTo(BY_MDE);
    assertThat(graph(bare + "," + device + "," + process)).isEqualTo(BY_BOTH);
    assertThat(graph(device + "," + process.replace(MDE, OTHER_MDE))).isEmpty();
    assertThat(graph(device + "," + evidence("deviceEvidence", "'deviceDnsName':'pacs'"))).as("a device without an id").isEmpty();
    assertThat(machine("{'id':'da637551227677560813_1','evidence':[],'machineId':'" + MDE + "'}")).as("Defender's own API").isEqualTo(BY_MDE);
  }

  @Test
  void takesTheAzureResourceOfGraphEvidenceWithoutADevice() {
    String resource = evidence("azureResourceEvidence", "'resourceId':'" + ARC.toUpperCase() + "'");
    assertThat(graph(resource)).isEqualTo(BY_ARC);
    assertThat(graph(resource + "," + evidence("azureResourceEvidence", "'resourceId':'" + VM + "'"))).isEqualTo(BY_ARC);
    assertThat(graph(resource + "," + evidence("azureResourceEvidence", "'resourceId':'" + OTHER_ARC + "'"))).isEmpty();
    assertThat(graph(resource + "," + evidence("deviceEvidence", "'mdeDeviceId':'" + MDE + "'"))).isEqualTo(BY_MDE);
  }

  @Test
  void takesTheOnlyHostOrResourceOfAnIncident() {
    String host = "{'kind':'Host','properties':{'hostName':'h','azureID':'" + ARC + "','additionalData':{'MdatpDeviceId':'" + MDE + "'}}}";
    String resource = "{'kind':'AzureResource','properties':{'resourceId':'" + ARC + "'}}";
    assertThat(incident(host)).isEqualTo(BY_BOTH);
    assertThat(incident(host + "," + resource)).isEqualTo(BY_BOTH);
    assertThat(incident(resource)).isEqualTo(BY_ARC);
    assertThat(incident(host + ",{'kind':'Host','properties':{'hostName':'other'}}")).isEmpty();
    assertThat(incident(host + "," + resource.replace(ARC, OTHER_ARC))).isEmpty();
  }

  private Set<String> row(String resourceId, String entities) {
    String text = ("[" + entities + "]").replace("\\", "\\\\").replace("\"", "\\\"");
    return machine("{'SystemAlertId':'6092461b-0000','ResourceId':'" + resourceId + "','Entities':\"" + text + "\"}");
  }

  private static String host(String fields) {
    return "{" + fields.replace('\'', '"') + ",\"Type\":\"host\"}";
  }

  private static String evidence(String type, String fields) {
    return "{'@odata.type':'#microsoft.graph.security." + type + "'," + fields + "}";
  }

  private Set<String> graph(String evidence) {
    return machine("{'id':'da637551227677560813_1','serviceSource':'microsoftDefenderForEndpoint','evidence':[" + evidence + "]}");
  }

  private Set<String> incident(String relatedEntities) {
    return machine("{'object':{'properties':{'alerts':[{'properties':{'systemAlertId':'6092461b-0000'}}],'relatedEntities':[" + relatedEntities + "]}}}");
  }

  private Set<String> machine(String body) {
    Found found = parser.split(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).get(0);
    assertThat(found.shape()).isNotEqualTo(Shape.UNKNOWN);
    return parser.read("6092461b-0000", found, parser.raw(found.json())).aliases();
  }
}
