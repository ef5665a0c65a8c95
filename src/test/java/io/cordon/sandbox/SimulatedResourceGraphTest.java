package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedResourceGraphTest {
  private static final String MACHINES = "resources | where type =~ 'microsoft.hybridcompute/machines' | where ";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void findsAMachineByEitherId() throws Exception {
    Devices.Device device = sandbox.device("pacs-gw-01");
    var byMde = ask(MACHINES + "tags.MdeDeviceId =~ '" + device.mdeId.toUpperCase(Locale.ROOT) + "' | project id, name");
    var byArc = ask(MACHINES + "tolower(id) == '" + device.arcId.toLowerCase(Locale.ROOT) + "' | project id, os=tostring(properties.osSku)");
    assertThat(byMde.body().at("/data/0/name").asText()).isEqualTo("pacs-gw-01");
    assertThat(byMde.body().at("/data/0").size()).isEqualTo(2);
    assertThat(byArc.body().at("/data/0/os").asText()).isEqualTo("Ubuntu 22.04");
    assertThat(ask(MACHINES + "tolower(id) == '" + device.arcId + "' | project id").body().path("count").asInt()).isZero();
  }

  @Test
  void joinsTheExtensionsWhenAskedExactlySo() throws Exception {
    String query = joined("mid, id, name", "id, ext", sandbox.device("pacs-gw-01").mdeId);
    assertThat(ask(query).body().at("/data/0/ext/0/t").asText()).isEqualTo("MDE.Linux");
    assertThat(ask(query).body().at("/data/0").size()).isEqualTo(2);
    assertThat(ask(query.replace("leftouter", "inner")).code()).isEqualTo("InvalidQuery");
    assertThat(ask(query.replace("project id, ext", "project id, ext, location")).code()).isEqualTo("InvalidQuery");
    assertThat(ask(query.replace("project mid, ", "project ")).code()).isEqualTo("InvalidQuery");
  }

  private static String joined(String left, String whole, String mdeId) {
    return MACHINES + "tags.MdeDeviceId =~ '" + mdeId + "' | extend mid = tolower(id) | project " + left
        + " | join kind=leftouter (resources | where type =~ 'microsoft.hybridcompute/machines/extensions'"
        + " | extend mid = tolower(substring(id, 0, indexof(tolower(id), '/extensions/')))"
        + " | where tostring(properties.type) in~ ('MDE.Linux','AzureMonitorLinuxAgent')"
        + " | summarize ext = make_list(pack('t', tostring(properties.type), 's', tostring(properties.provisioningState))) by mid) on mid"
        + " | project " + whole;
  }

  @Test
  void findsNothingInAnotherSubscription() throws Exception {
    String query = MACHINES + "tags.MdeDeviceId =~ '" + sandbox.device("pacs-gw-01").mdeId + "' | project id";
    assertThat(ask("2021-03-01", "{\"subscriptions\":[\"other\"],\"query\":\"" + query + "\"}").body().path("count").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "resources",
    "resources | where type =~ 'microsoft.compute/virtualmachines' | where tolower(id) == 'x' | project id",
    "resources | where type =~ 'microsoft.hybridcompute/machines' | where name == 'x' | project id",
    "resources | where type =~ 'microsoft.hybridcompute/machines' | where tolower(id) == 'x' | project id | take 1",
    "resources | where type =~ 'microsoft.hybridcompute/machines' | where tolower(id) == 'x' or true | project id",
    "resources | where type =~ 'microsoft.hybridcompute/machines' | where tolower(id) == 'x' | project id, location",
    "resources | where type =~ 'microsoft.hybridcompute/machines' | where tolower(id) == 'x'",
    ""})
  void refusesAClauseItDoesNotUnderstand(String query) throws Exception {
    RunningSandbox.Got got = ask(query);
    assertThat(got.status()).isEqualTo(400);
    assertThat(got.code()).isEqualTo("InvalidQuery");
  }

  @Test
  void refusesAnotherApiVersion() throws Exception {
    String body = "{\"subscriptions\":[\"x\"],\"query\":\"" + MACHINES + "tolower(id) == 'x' | project id\"}";
    assertThat(ask("2021-03-01", body).status()).isEqualTo(200);
    assertThat(ask("2022-10-01", body).status()).isEqualTo(400);
    assertThat(ask("", body).status()).isEqualTo(400);
  }

  @Test
  void refusesAnOptionItDoesNotKnow() throws Exception {
    String query = "{\"subscriptions\":[\"x\"],\"query\":\"" + MACHINES + "tolower(id) == 'x' | project id\",\"options\":";
    assertThat(ask("2021-03-01", query + "{\"$top\":1000,\"resultFormat\":\"objectArray\"}}").status()).isEqualTo(200);
    for (String options : List.of("{\"$top\":1001}", "{\"$skip\":1}", "{\"resultFormat\":\"table\"}")) {
      assertThat(ask("2021-03-01", query + options + "}").status()).isEqualTo(400);
    }
  }

  private RunningSandbox.Got ask(String query) throws IOException {
    return ask("2021-03-01", "{\"subscriptions\":[\"" + Devices.SUBSCRIPTION + "\"],\"query\":\"" + query + "\"}");
  }

  private RunningSandbox.Got ask(String version, String body) throws IOException {
    String token = sandbox.token("https://management.azure.com");
    return sandbox.send("POST", token, "/providers/Microsoft.ResourceGraph/resources?api-version=" + version, body);
  }
}
