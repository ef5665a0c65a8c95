package io.cordon.platform.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cordon.platform.http.TestHttp;
import io.cordon.testing.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded shapes of Graph v1.0; contract sentinel-graph-arc, section 6, and teams-pagerduty, section 11.7. */
class EntraPeopleHttpTest {
  private static final String OID = "6e7b768e-07e2-4810-8459-485f84f8f204";
  private static final String PACS = "33333333-0000-4000-8000-000000000001";
  private static final String EHR = "33333333-0000-4000-8000-000000000002";
  private static final String USER = "/v1.0/users/" + OID;
  private static final String ACCOUNT = USER + "?$select=id,displayName,accountEnabled,userType";
  private static final String GROUPS = USER + "/checkMemberGroups";
  private static final String ROLES = USER + "/appRoleAssignments?$count=true&$top=999";
  private static final String PRINCIPAL = "/v1.0/servicePrincipals(appId='cordon')?$select=id,appRoles";

  private final MockWebServer server = new MockWebServer();
  private final FixedTokens tokens = new FixedTokens();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T02:00:00Z"));
  private final Map<String, MockResponse> answers = new HashMap<>();
  private EntraPeople people;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return answers.getOrDefault(request.getTarget(), new MockResponse.Builder().code(400).build());
      }
    });
    server.start();
    people = new EntraPeopleHttp(new GraphSettings(server.url("/").toString(), null), "cordon", tokens, TestHttp.json(), clock);
    answer(ACCOUNT, "{\"id\":\"" + OID + "\",\"displayName\":\"Nurse N\",\"accountEnabled\":true,\"userType\":\"Member\"}");
    answer(GROUPS, "{\"@odata.context\":\"c\",\"value\":[\"" + PACS + "\"]}");
    answer(ROLES,
        "{\"value\":[{\"resourceId\":\"sp-1\",\"appRoleId\":\"r-1\"},{\"resourceId\":\"other\",\"appRoleId\":\"r-2\"},{\"resourceId\":\"sp-1\",\"appRoleId\":\"r-9\"}]}");
    answer(PRINCIPAL,
        "{\"id\":\"sp-1\",\"appRoles\":[{\"id\":\"r-1\",\"value\":\"Clinical.Approver\",\"isEnabled\":true},"
            + "{\"id\":\"r-2\",\"value\":\"Security.Lead\",\"isEnabled\":true},{\"id\":\"r-9\",\"value\":\"Auditor\",\"isEnabled\":false}]}");
  }

  @AfterEach
  void stop() {
    server.close();
    ClockUtil.reset();
  }

  @Test
  void readsAccountGroupsAndTheRolesInOurOwnApplication() throws Exception {
    assertThat(people.find(OID, List.of(PACS, EHR)))
        .contains(new EntraPerson("Nurse N", true, false, Set.of("Clinical.Approver"), Set.of(PACS)));
    RecordedRequest first = server.takeRequest();
    assertThat(first.getHeaders().get("Authorization")).isEqualTo("Bearer token-for-https://graph.microsoft.com/.default");
    server.takeRequest();
    assertThat(server.takeRequest().getHeaders().get("ConsistencyLevel")).isEqualTo("eventual");
    RecordedRequest groups = server.takeRequest();
    assertThat(groups.getMethod()).isEqualTo("POST");
    assertThat(groups.getBody().utf8()).contains("\"groupIds\":[", PACS, EHR);
  }

  @Test
  void asksForNoGroupsWhenThereIsNoneToAskFor() {
    assertThat(people.find(OID, List.of()).orElseThrow().groups()).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void readsOurOwnApplicationOnceAnHour() {
    people.find(OID, List.of());
    people.find(OID, List.of());
    assertThat(server.getRequestCount()).isEqualTo(5);
    clock.tick(Duration.ofHours(1));
    people.find(OID, List.of());
    assertThat(server.getRequestCount()).isEqualTo(8);
  }

  @Test
  void saysWhoIsClosedOrAGuest() {
    answer(ACCOUNT, "{\"displayName\":\"N\",\"accountEnabled\":false,\"userType\":\"Guest\"}");
    EntraPerson person = people.find(OID, List.of()).orElseThrow();
    assertThat(person.enabled()).isFalse();
    assertThat(person.guest()).isTrue();
  }

  @Test
  void takesAnAccountOfNoStatedTypeForAGuest() {
    answer(ACCOUNT, "{\"displayName\":\"N\",\"accountEnabled\":true}");
    assertThat(people.find(OID, List.of()).orElseThrow().guest()).isTrue();
  }

  @Test
  void knowsNobodyOfAnUnknownOrUnreadableId() {
    answers.put(ACCOUNT, new MockResponse.Builder().code(404).body("{\"error\":{\"code\":\"Request_ResourceNotFound\"}}").build());
    assertThat(people.find(OID, List.of())).isEmpty();
    assertThat(people.find("../me", List.of())).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 429, 500, 503})
  void concludesNothingFromARefusal(int status) {
    for (String call : List.of(PRINCIPAL, ACCOUNT, GROUPS, ROLES)) {
      MockResponse good = answers.put(call, new MockResponse.Builder().code(status).body("{\"error\":{\"code\":\"x\"}}").build());
      assertThat(unavailable().reason()).isEqualTo("STATUS_" + status);
      answers.put(call, good);
    }
    assertThat(tokens.forgotten).hasSize(status == 401 ? 4 : 0);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "account|{\"displayName\":\"N\"}", "account|[]", "groups|{}", "roles|{\"value\":[],\"@odata.nextLink\":\"https://elsewhere\"}", "roles|nonsense"})
  void concludesNothingFromWhatItCannotReadWhole(String call, String body) {
    answer(Map.of("account", ACCOUNT, "groups", GROUPS, "roles", ROLES).get(call), body);
    assertThat(unavailable().reason()).isEqualTo("UNREADABLE");
  }

  @Test
  void countsOnlyGroupsThatWereAskedFor() {
    answer(GROUPS, "{\"value\":[\"" + EHR + "\"]}");
    assertThat(people.find(OID, List.of(PACS)).orElseThrow().groups()).isEmpty();
  }

  @Test
  void saysThatNobodyAnswered() {
    server.close();
    assertThat(unavailable().reason()).isEqualTo("NO_ANSWER");
  }

  private DirectoryUnavailable unavailable() {
    return catchThrowableOfType(DirectoryUnavailable.class, () -> people.find(OID, List.of(PACS)));
  }

  private void answer(String target, String body) {
    answers.put(target, new MockResponse.Builder().code(200).addHeader("Content-Type", "application/json").body(body).build());
  }
}
