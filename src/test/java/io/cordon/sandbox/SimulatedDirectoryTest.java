package io.cordon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedDirectoryTest {
  private static final String USER = "/v1.0/users/" + People.all().get("clin.ehr").oid();
  private static final String ACCOUNT = USER + "?$select=id,displayName,accountEnabled,userType";

  @RegisterExtension final RunningSandbox sandbox = new RunningSandbox();

  @Test
  void saysWhichOfTheGroupsThePersonIsIn() throws Exception {
    RunningSandbox.Got got = groups("\"" + People.GROUPS.get("PACS") + "\",\"" + People.GROUPS.get("FHIR") + "\"");
    assertThat(got.body().path("value").toString()).isEqualTo("[\"" + People.GROUPS.get("FHIR") + "\"]");
  }

  @Test
  void failsWholeForOneMalformedGroupOrTooMany() throws Exception {
    assertThat(groups("\"" + People.GROUPS.get("FHIR") + "\",\"nonsense\"").status()).isEqualTo(400);
    assertThat(groups(("\"" + People.GROUPS.get("FHIR") + "\",").repeat(20) + "\"" + People.GROUPS.get("EHR") + "\"").status()).isEqualTo(400);
    assertThat(groups("").status()).isEqualTo(400);
  }

  @Test
  void changesWhatHappensToAnAccount() throws Exception {
    assertThat(account().body().path("accountEnabled").asBoolean()).isTrue();
    change("DISABLED");
    assertThat(account().body().path("accountEnabled").asBoolean()).isFalse();
    change("GUEST");
    assertThat(account().body().path("userType").asText()).isEqualTo("Guest");
    change("DELETED");
    assertThat(account().status()).isEqualTo(404);
    assertThat(sandbox.control("POST", "/_sandbox/people", "{\"person\":\"nobody\",\"change\":\"DISABLED\"}").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?$select=id,mail", "/memberOf", "/checkMemberGroups"})
  void refusesWhatItDoesNotKnow(String rest) throws Exception {
    assertThat(sandbox.get(token(), USER + rest).status()).isEqualTo(400);
  }

  @Test
  void refusesWithoutThePermissions() throws Exception {
    String alertsOnly = sandbox.token(SimulatedGraph.AUDIENCE, SimulatedGraph.READ_ALERTS);
    assertThat(sandbox.get(alertsOnly, ACCOUNT).status()).isEqualTo(403);
    assertThat(sandbox.get(alertsOnly, "/v1.0/servicePrincipals(appId='" + People.CORDON + "')?$select=id,appRoles").status()).isEqualTo(403);
  }

  @Test
  void tellsWhoIsOnCallToTheRightKeyOnly() throws Exception {
    assertThat(sandbox.get("x", "/oncalls?escalation_policy_ids[]=PPACS").status()).isEqualTo(401);
  }

  private void change(String change) throws IOException {
    assertThat(sandbox.control("POST", "/_sandbox/people", "{\"person\":\"clin.ehr\",\"change\":\"" + change + "\"}").status()).isEqualTo(200);
  }

  private RunningSandbox.Got account() throws IOException {
    return sandbox.get(token(), ACCOUNT);
  }

  private RunningSandbox.Got groups(String ids) throws IOException {
    return sandbox.send("POST", token(), USER + "/checkMemberGroups", "{\"groupIds\":[" + ids + "]}");
  }

  private String token() {
    return sandbox.token(SimulatedGraph.AUDIENCE, SimulatedDirectory.READ_ACCOUNTS, SimulatedDirectory.READ_GROUPS, SimulatedDirectory.READ_ROLES);
  }
}
