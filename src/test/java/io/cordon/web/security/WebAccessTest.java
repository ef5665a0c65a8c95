package io.cordon.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.oidcLogin;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseOpening;
import io.cordon.alerts.CaseView;
import io.cordon.alerts.QuarantinedAlert;
import io.cordon.alerts.UnreadableAlertException;
import io.cordon.assets.AssetProof;
import io.cordon.assets.AssetWarning;
import io.cordon.assets.Capability;
import io.cordon.assets.IdentitySource;
import io.cordon.assets.register.FieldChange;
import io.cordon.assets.register.RegisterChange;
import io.cordon.assets.register.RegisterChanges;
import io.cordon.assets.register.RegisterEntry;
import io.cordon.assets.register.RegisterField;
import io.cordon.assets.register.RegisterOutcome;
import io.cordon.evidence.EvidenceEntry;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceType;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.ApprovalState;
import io.cordon.gate.DecisionOutcome;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.LastQuestion;
import io.cordon.gate.policy.PolicyChange;
import io.cordon.gate.policy.PolicyChanges;
import io.cordon.gate.policy.PolicyOutcome;
import io.cordon.gate.policy.PolicyReview;
import io.cordon.gate.rules.RuleOutcome;
import io.cordon.gate.rules.RuleVersion;
import io.cordon.gate.rules.StandingRule;
import io.cordon.gate.rules.WeeklyWindow;
import io.cordon.platform.people.Role;
import io.cordon.platform.sealed.ReadingReason;
import io.cordon.platform.sealed.SealedItem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** Who gets in where, over the real filter chains and controllers. */
class WebAccessTest extends WebSlice {
  private static final String JUST_NOW = String.valueOf(NOW.toEpochMilli());

  @Test
  void leadsNobodyToAPageTheyMayNotOpen() throws Exception {
    fillStatusWith("NONE");
    for (Role role : Role.values()) {
      String page = mvc.perform(get("/denied").with(signedIn(role.claim()))).andReturn().getResponse().getContentAsString();
      Matcher link = Pattern.compile("href=\"(/[^\"]*)\"").matcher(page.substring(page.indexOf("<nav"), page.indexOf("</nav>")));
      while (role != Role.ALERTS_SEND && link.find()) {
        mvc.perform(get(link.group(1)).with(signedIn(role.claim()))).andExpect(status().isOk());
      }
    }
  }

  @Test
  void refusesACallWithoutAToken() throws Exception {
    mvc.perform(get("/api/cases")).andExpect(status().isUnauthorized()).andExpect(jsonPath("$.code").value("NOT_SIGNED_IN"));
  }

  @Test
  void asksToSendAgainWhileTheKeysOfEntraAreAway() throws Exception {
    mvc.perform(post("/api/alerts").header("Authorization", "Bearer " + WHILE_KEYS_ARE_AWAY).contentType(MediaType.APPLICATION_JSON).content("{}"))
        .andExpect(status().isServiceUnavailable())
        .andExpect(header().string("Retry-After", "30"))
        .andExpect(jsonPath("$.code").value("SIGN_IN_AWAY"));
    verifyNoInteractions(intake);
  }

  @Test
  void refusesTheWrongRole() throws Exception {
    mvc.perform(get("/api/evidence/bundle").header("Authorization", person("Soc.Analyst"))).andExpect(status().isForbidden());
    verifyNoInteractions(bundle);
  }

  @Test
  void acceptsAPersonWithTheRole() throws Exception {
    when(cases.list(any(), any(), any(), anyInt())).thenReturn(List.of());
    mvc.perform(get("/api/cases").header("Authorization", person("Soc.Analyst")))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.items").isEmpty());
  }

  @Test
  void opensSealedMaterialByAPostOfThePeopleWhoMay() throws Exception {
    UUID ref = UUID.randomUUID();
    String path = "/api/cases/c1/sealed/" + ref + "/reading";
    when(sealed.ofCase("c1")).thenReturn(List.of(new SealedItem(ref, "c1", "alert", "00", NOW)));
    when(sealed.open(any(), any(), any())).thenReturn("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    mvc.perform(get(path).header("Authorization", person("Auditor"))).andExpect(status().isForbidden());
    mvc.perform(reading(path, "Clinical.Approver", "AUDIT")).andExpect(status().isForbidden());
    mvc.perform(reading(path, "Auditor", "CURIOSITY")).andExpect(status().isBadRequest());
    mvc.perform(reading(path.replace("c1", "c2"), "Auditor", "AUDIT")).andExpect(status().isNotFound());
    verify(sealed, org.mockito.Mockito.never()).open(any(), any(), any());

    mvc.perform(reading(path, "Auditor", "AUDIT"))
        .andExpect(status().isOk())
        .andExpect(header().string("Cache-Control", "no-store"))
        .andExpect(header().string("Content-Disposition", containsString("attachment")))
        .andExpect(content().json("{}"));
    verify(sealed).open(org.mockito.ArgumentMatchers.eq(ref), any(), org.mockito.ArgumentMatchers.eq(ReadingReason.AUDIT));
  }

  private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder reading(String path, String role, String reason)
      throws Exception {
    return post(path).header("Authorization", person(role)).contentType(MediaType.APPLICATION_JSON).content("{\"reasonCode\":\"" + reason + "\"}");
  }

  @Test
  void tellsACaseThatIsNotThereFromOneWithNothingSealed() throws Exception {
    when(cases.find("c1")).thenReturn(Optional.of(machine("m")));
    mvc.perform(get("/api/cases/c1/sealed").header("Authorization", person("Auditor"))).andExpect(status().isOk()).andExpect(jsonPath("$.items").isEmpty());
    mvc.perform(get("/api/cases/c2/sealed").header("Authorization", person("Auditor"))).andExpect(status().isNotFound());
  }

  @Test
  void givesTheEvidenceBundleToAuditorsOnThePagesToo() throws Exception {
    mvc.perform(get("/history/evidence-bundle").with(signedIn("Auditor"))).andExpect(status().isNotFound());
    when(evidence.latestCheckpoint()).thenReturn(Optional.of("note"));
    mvc.perform(get("/history/evidence-bundle").with(signedIn("Auditor"))).andExpect(status().isOk()).andExpect(content().contentType("application/zip"));
    mvc.perform(get("/history/evidence-bundle").with(signedIn("Soc.Analyst"))).andExpect(status().isForbidden());
  }

  @Test
  void answersNobodyWhoHungUpAndBreaksAHalfWrittenFile() throws Exception {
    when(evidence.latestCheckpoint()).thenReturn(Optional.of("note"));
    org.mockito.Mockito.doThrow(new org.apache.catalina.connector.ClientAbortException(new java.io.IOException("Broken pipe"))).when(bundle).write(any());
    mvc.perform(get("/api/evidence/bundle").header("Authorization", person("Auditor"))).andExpect(content().string(""));
    org.mockito.Mockito.doAnswer(call -> {
      call.getArgument(0, java.io.OutputStream.class).write(new byte[1]);
      call.getArgument(0, java.io.OutputStream.class).flush();
      throw new IllegalStateException("fault");
    }).when(bundle).write(any());
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> mvc.perform(get("/api/evidence/bundle").header("Authorization", person("Auditor"))))
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesADecisionByAnApplicationWhateverRolesItClaims() throws Exception {
    String token = token(OURS, "cordon", "tenant", 60, null, "Clinical.Approver", "Alerts.Send");
    mvc.perform(post("/api/approvals/a1/decision").header("Authorization", token).contentType(MediaType.APPLICATION_JSON).content("{}"))
        .andExpect(status().isForbidden());
    verifyNoInteractions(decisions);
  }

  @Test
  void takesAlertsFromApplicationsOnly() throws Exception {
    when(intake.take(any())).thenReturn(List.of());
    String app = token(OURS, "cordon", "tenant", 60, null, "Alerts.Send");
    mvc.perform(post("/api/alerts").header("Authorization", app).contentType(MediaType.APPLICATION_JSON).content("{}"))
        .andExpect(status().isAccepted());
    mvc.perform(post("/api/alerts").header("Authorization", person("Alerts.Send")).contentType(MediaType.APPLICATION_JSON).content("{}"))
        .andExpect(status().isForbidden());
    mvc.perform(get("/api/cases").header("Authorization", app)).andExpect(status().isForbidden());
  }

  @Test
  void takesAlertsOnlyWithTheRoleToSendThem() throws Exception {
    mvc.perform(post("/api/alerts").contentType(MediaType.APPLICATION_JSON).content("{}")).andExpect(status().isUnauthorized());
    for (String token :
        List.of(token(FORGED, "cordon", "tenant", 60, null, "Alerts.Send"), token(OURS, "other", "tenant", 60, null, "Alerts.Send"),
            token(OURS, "cordon", "elsewhere", 60, null, "Alerts.Send"), token(OURS, "cordon", "tenant", -120, null, "Alerts.Send"))) {
      mvc.perform(post("/api/alerts").header("Authorization", token).contentType(MediaType.APPLICATION_JSON).content("{}"))
          .andExpect(status().isUnauthorized());
    }
    String otherRole = token(OURS, "cordon", "tenant", 60, null, "Soc.Analyst");
    mvc.perform(post("/api/alerts").header("Authorization", otherRole).contentType(MediaType.APPLICATION_JSON).content("{}"))
        .andExpect(status().isForbidden());
    verifyNoInteractions(intake);
  }

  @Test
  void refusesForgedExpiredAndForeignTokens() throws Exception {
    for (String token :
        List.of(
            token(FORGED, "cordon", "tenant", 60, "access", "Soc.Analyst"),
            token(OURS, "cordon", "tenant", -120, "access", "Soc.Analyst"),
            token(OURS, "other", "tenant", 60, "access", "Soc.Analyst"),
            token(OURS, "cordon", "elsewhere", 60, "access", "Soc.Analyst"))) {
      mvc.perform(get("/api/cases").header("Authorization", token)).andExpect(status().isUnauthorized());
    }
    verifyNoInteractions(cases);
  }

  @Test
  void neverEchoesWhatWasSent() throws Exception {
    UnreadableAlertException unreadable = mock(UnreadableAlertException.class);
    when(unreadable.code()).thenReturn("MALFORMED_JSON");
    when(intake.take(any())).thenThrow(unreadable);
    String app = token(OURS, "cordon", "tenant", 60, null, "Alerts.Send");
    mvc.perform(post("/api/alerts").header("Authorization", app).contentType(MediaType.APPLICATION_JSON).content("{Jane-Roe"))
        .andExpect(status().isBadRequest())
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.code").value("MALFORMED_JSON"))
        .andExpect(content().string(not(containsString("Jane-Roe"))));
    mvc.perform(post("/api/approvals/Jane-Roe/decision").header("Authorization", person("Soc.Analyst"))
            .contentType(MediaType.APPLICATION_JSON).content("{\"verdict\":\"Jane-Roe\"}"))
        .andExpect(status().isBadRequest())
        .andExpect(content().string(not(containsString("Jane-Roe"))));
    mvc.perform(post("/api/alerts").header("Authorization", app).contentType("text/jane").content("x"))
        .andExpect(status().isUnsupportedMediaType())
        .andExpect(content().string(not(containsString("jane"))));
    mvc.perform(post("/api/alerts").header("Authorization", app).contentType(MediaType.APPLICATION_JSON).content(new byte[AlertIntake.LARGEST_BODY + 1]))
        .andExpect(status().isPayloadTooLarge());
  }

  @Test
  void saysWhyABodyOfAlertsWasNotTakenWithoutEchoingIt() throws Exception {
    assertNotTaken("MALFORMED_JSON", 400, "not well-formed");
    assertNotTaken("WRONG_SHAPE", 422, "no object that could be an alert");
    assertNotTaken("TOO_LARGE", 413, "more than 1,000 alerts");
  }

  @Test
  void asksForABodyAgainOfWhichAnAlertFailedWithoutEchoingIt() throws Exception {
    String app = token(OURS, "cordon", "tenant", 60, null, "Alerts.Send");
    when(intake.take(any())).thenThrow(new IllegalStateException("Jane-Roe"));
    when(intake.takeLines(any())).thenThrow(
        new org.springframework.dao.DataAccessResourceFailureException("Jane-Roe", new java.sql.SQLException("Jane-Roe", "08006")));
    mvc.perform(post("/api/alerts").header("Authorization", app).contentType(MediaType.APPLICATION_JSON).content("{}"))
        .andExpect(status().isInternalServerError())
        .andExpect(jsonPath("$.code").value("ALERTS_FAILED"))
        .andExpect(jsonPath("$.detail").value(containsString("Send the same body again")))
        .andExpect(content().string(not(containsString("Jane-Roe"))));
    mvc.perform(post("/api/alerts").header("Authorization", app).contentType(MediaType.APPLICATION_NDJSON).content("{}"))
        .andExpect(status().isServiceUnavailable())
        .andExpect(jsonPath("$.code").value("DATABASE_AWAY"))
        .andExpect(content().string(not(containsString("Jane-Roe"))));
  }

  private void assertNotTaken(String code, int status, String says) throws Exception {
    UnreadableAlertException unreadable = mock(UnreadableAlertException.class);
    when(unreadable.code()).thenReturn(code);
    org.mockito.Mockito.doThrow(unreadable).when(intake).takeLines(any());
    mvc.perform(post("/api/alerts").header("Authorization", token(OURS, "cordon", "tenant", 60, null, "Alerts.Send"))
            .contentType(MediaType.APPLICATION_NDJSON).content("[\"Jane-Roe\"]"))
        .andExpect(status().is(status))
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.code").value(code))
        .andExpect(jsonPath("$.detail").value(containsString(says)))
        .andExpect(content().string(not(containsString("Jane-Roe"))));
  }

  @Test
  void showsWhatWasSetAsideToWhoMaySeeIt() throws Exception {
    when(quarantine.list(any(), anyInt())).thenReturn(List.of(
        new QuarantinedAlert(8, null, "SHAPE_UNKNOWN", NOW), new QuarantinedAlert(7, "6092461b-0000", "ENTITIES_UNREADABLE", NOW)));
    for (String role : List.of("Soc.Analyst", "Security.Lead", "Auditor")) {
      mvc.perform(get("/api/alerts/quarantined").header("Authorization", person(role)))
          .andExpect(status().isOk())
          .andExpect(jsonPath("$.items[0].reason").value("SHAPE_UNKNOWN"))
          .andExpect(jsonPath("$.items[1].systemAlertId").value("6092461b-0000"))
          .andExpect(jsonPath("$.next").isEmpty());
      mvc.perform(get("/quarantine").with(signedIn(role)))
          .andExpect(status().isOk())
          .andExpect(content().string(org.hamcrest.Matchers.allOf(
              containsString("holds no alert of a shape"), containsString("6092461b-0000"), containsString("none that can be read"),
              not(containsString("??")))));
    }
    for (String role : List.of("Clinical.Approver", "Platform.Admin")) {
      mvc.perform(get("/api/alerts/quarantined").header("Authorization", person(role))).andExpect(status().isForbidden());
      mvc.perform(get("/quarantine").with(signedIn(role))).andExpect(status().isForbidden());
    }
    when(cases.list(any(), any(), any(), anyInt())).thenReturn(List.of());
    mvc.perform(get("/cases").with(signedIn("Soc.Analyst"))).andExpect(content().string(containsString("href=\"/quarantine\"")));
    mvc.perform(get("/cases").with(signedIn("Clinical.Approver"))).andExpect(content().string(not(containsString("/quarantine"))));
  }

  @Test
  void givesOlderQuarantinedAlertsFromWhereThePageEnded() throws Exception {
    when(quarantine.list(null, 100)).thenReturn(java.util.stream.LongStream.rangeClosed(1, 100)
        .mapToObj(id -> new QuarantinedAlert(301 - id, null, "SHAPE_UNKNOWN", NOW)).toList());
    mvc.perform(get("/api/alerts/quarantined").header("Authorization", person("Auditor"))).andExpect(jsonPath("$.next").value("201"));
    mvc.perform(get("/api/alerts/quarantined?after=Jane-Roe").header("Authorization", person("Auditor")))
        .andExpect(status().isBadRequest())
        .andExpect(content().string(not(containsString("Jane-Roe"))));
  }

  @Test
  void answersNumbersAndTimesBeyondAllMeasureWith400() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    mvc.perform(get("/api/evidence/entries?from=" + Long.MAX_VALUE).header("Authorization", person("Auditor")))
        .andExpect(status().isBadRequest()).andExpect(jsonPath("$.code").value("INVALID_FIELDS"));
    mvc.perform(post("/api/approvals/a1/decision").header("Authorization", person("Clinical.Approver")).contentType(MediaType.APPLICATION_JSON)
            .content("{\"verdict\":\"APPROVE\",\"requestRevision\":1,\"window\":{\"from\":\"+1000000000-12-31T23:59:59Z\",\"minutes\":60}}"))
        .andExpect(status().isBadRequest()).andExpect(jsonPath("$.code").value("INVALID_FIELDS"));
    verifyNoInteractions(evidence, decisions);
  }

  @Test
  void leadsFromOnePageOfEvidenceToTheNext() throws Exception {
    when(cases.find("c1")).thenReturn(Optional.of(machine("pacs-gw-01")));
    List<EvidenceEntry> page =
        LongStream.range(7, 7 + EvidenceLog.CASE_PAGE)
            .mapToObj(seq -> new EvidenceEntry(seq, EvidenceType.NOTIFY_SENT, "c1", "{\"at\":\"2026-11-24T19:00:00Z\"}".getBytes(), new byte[32], true))
            .toList();
    when(evidence.entriesOfCaseFrom("c1", 7)).thenReturn(page);
    when(evidence.entriesOfCase("c1")).thenReturn(page);
    mvc.perform(get("/api/cases/c1/evidence?from=7").header("Authorization", person("Auditor")))
        .andExpect(jsonPath("$.items.length()").value(page.size())).andExpect(jsonPath("$.next").value(Integer.toString(7 + page.size())));
    mvc.perform(get("/api/cases/c1/evidence?from=" + (7 + page.size())).header("Authorization", person("Auditor")))
        .andExpect(jsonPath("$.items").isEmpty()).andExpect(jsonPath("$.next").isEmpty());
    mvc.perform(get("/cases/c1").with(signedIn("Soc.Analyst")))
        .andExpect(content().string(org.hamcrest.Matchers.allOf(containsString("/cases/c1?before=7\""), containsString("hx-get"))));
    mvc.perform(get("/cases/c1?before=7").with(signedIn("Soc.Analyst")))
        .andExpect(content().string(org.hamcrest.Matchers.allOf(not(containsString("before=")), not(containsString("hx-get")))));
    verify(evidence).entriesOfCaseBefore("c1", 7);
  }

  @Test
  void answersARefusedDecisionWith409() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    when(decisions.decide(any())).thenReturn(new DecisionOutcome(false, "IS_A_REQUESTER", "Somebody else must answer."));
    mvc.perform(post("/api/approvals/a1/decision").header("Authorization", person("Clinical.Approver"))
            .contentType(MediaType.APPLICATION_JSON).content("{\"verdict\":\"HOLD\",\"requestRevision\":1}"))
        .andExpect(status().isConflict())
        .andExpect(jsonPath("$.code").value("IS_A_REQUESTER"))
        .andExpect(jsonPath("$.detail").value("Somebody else must answer."));
  }

  @Test
  void opensACaseOnlyOnAMachineOfTheRegister() throws Exception {
    when(register.all()).thenReturn(List.of(new io.cordon.assets.register.RegisterEntry("/arc/one", 1, java.util.Map.of())));
    when(opening.open(any(), any())).thenReturn(new CaseOpening.Opened("c1", true));
    mvc.perform(post("/launch").param("machine", "/arc/other").with(csrf()).with(signedIn("Soc.Analyst"))).andExpect(status().is4xxClientError());
    mvc.perform(post("/launch").with(csrf()).with(signedIn("Soc.Analyst"))).andExpect(status().is4xxClientError());
    mvc.perform(post("/launch").param("machine", "/arc/one").with(csrf()).with(signedIn("Security.Lead"))).andExpect(status().isForbidden());
    org.mockito.Mockito.verifyNoInteractions(opening);
    mvc.perform(post("/launch").param("machine", "/arc/one").with(csrf()).with(signedIn("Soc.Analyst"))).andExpect(status().is3xxRedirection());
  }

  @Test
  void escapesAMachineNameAndKeepsGetsHarmless() throws Exception {
    when(cases.find("c1")).thenReturn(Optional.of(machine("<script>alert(1)</script>")));
    when(cases.list(any(), any(), any(), anyInt())).thenReturn(List.of(machine("<script>alert(1)</script>")));
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    when(approvals.waiting(anyInt())).thenReturn(List.of(request()));
    for (String page : List.of("/cases", "/cases/c1", "/approvals", "/approvals/a1", "/tasks")) {
      mvc.perform(get(page).with(signedIn("Soc.Analyst")))
          .andExpect(status().isOk())
          .andExpect(header().string("Content-Security-Policy", containsString("default-src 'none'")))
          .andExpect(content().string(not(containsString("<script>alert"))));
    }
    verifyNoInteractions(withdrawal, campaigns, intake);
    verify(decisions, org.mockito.Mockito.never()).decide(any());
    verify(tasks, org.mockito.Mockito.never()).complete(any(), any(), any());
  }

  @Test
  void leadsFromAMergedCaseToTheOneItJoined() throws Exception {
    when(cases.find("c1")).thenReturn(Optional.of(new CaseView("c1", "MERGED", "High", "MDE", "m", "d1", null, "PACS", null, "c2", NOW, NOW)));
    mvc.perform(get("/cases/c1").with(signedIn("Soc.Analyst"))).andExpect(content().string(containsString("href=\"/cases/c2\"")));
  }

  @Test
  void refusesAFormWithoutTheCsrfToken() throws Exception {
    mvc.perform(post("/approvals/a1/decision").with(signedIn("Clinical.Approver")).param("verdict", "REJECT"))
        .andExpect(status().isForbidden());
    for (String address : List.of("/approvals/a1/withdrawal", "/cases/c1/playbooks/containLinuxHost")) {
      mvc.perform(post(address).with(signedIn("Soc.Analyst"))).andExpect(status().isForbidden());
    }
    verifyNoInteractions(decisions, withdrawal, campaigns);
  }

  @Test
  void keepsWhatWasTypedOnlyFromOurOwnPageAndOnlyWhereItCameFrom() throws Exception {
    var form = post("/approvals/a1/decision").param("typedBy", "o1").param("comment", "typed before").param("requestRevision", "1");
    mvc.perform(form).andExpect(status().isForbidden()).andExpect(header().doesNotExist("Set-Cookie"));
    mvc.perform(form.header("Sec-Fetch-Site", "cross-site")).andExpect(status().isForbidden()).andExpect(header().doesNotExist("Set-Cookie"));
    var kept =
        mvc.perform(post("/approvals/a1/decision").header("Sec-Fetch-Site", "same-origin").param("typedBy", "o1").param("comment", "typed before"))
            .andExpect(status().isSeeOther()).andExpect(header().string("Location", "/approvals/a1"))
            .andExpect(header().string("Set-Cookie", org.hamcrest.Matchers.allOf(
                containsString("Path=/approvals/a1;"), containsString("HttpOnly"), containsString("SameSite=Lax"), not(containsString("typed")))))
            .andReturn().getResponse().getCookie("CORDONTYPED");
    mvc.perform(post("/tasks/t1").header("Sec-Fetch-Site", "same-origin").param("comment", "x")).andExpect(header().string("Location", "/tasks/t1"));
    mvc.perform(post("/cases/c1/change-ticket").header("Sec-Fetch-Site", "same-origin")).andExpect(status().isForbidden());
    when(approvals.find(any())).thenReturn(Optional.of(request()));
    mvc.perform(get("/approvals/a1").cookie(kept).with(signedIn("Clinical.Approver"))).andExpect(content().string(containsString("typed before")));
    mvc.perform(get("/approvals/a2").cookie(kept).with(signedIn("Clinical.Approver"))).andExpect(content().string(not(containsString("typed before"))));
    var cut = new jakarta.servlet.http.Cookie("CORDONTYPED", kept.getValue().substring(1));
    mvc.perform(get("/approvals/a1").cookie(cut).with(signedIn("Clinical.Approver"))).andExpect(status().isOk());
    verifyNoInteractions(lastAnswer);
    verify(decisions, org.mockito.Mockito.never()).decide(any());
  }

  @Test
  void recordsAnAnswerOnlyOnceItIsConfirmed() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    when(decisions.refusalOf(any())).thenReturn(Optional.empty());
    when(decisions.decide(any())).thenReturn(new DecisionOutcome(true, "GRANTED", "Approved."));
    mvc.perform(yes(signedIn("Clinical.Approver")).param("comment", "<b>typed")).andExpect(status().isOk())
        .andExpect(content().string(org.hamcrest.Matchers.allOf(
            containsString("Nothing is recorded yet"), containsString("name=\"backByHours\" value=\"4\""), containsString("&lt;b&gt;typed"), not(containsString("<b>")))));
    mvc.perform(yes(signedIn("Clinical.Approver")).param("change", "true")).andExpect(content().string(containsString("name=\"verdict\"")));
    for (String stale : List.of("true", String.valueOf(NOW.minusSeconds(301).toEpochMilli()))) {
      mvc.perform(yes(signedIn("Clinical.Approver")).param("confirmed", stale)).andExpect(content().string(containsString("Nothing is recorded yet")));
    }
    verify(decisions, org.mockito.Mockito.never()).decide(any());
    mvc.perform(yes(signedIn("Clinical.Approver")).param("confirmed", JUST_NOW)).andExpect(redirectedUrl("/approvals/a1"));
    verify(decisions).decide(any());
  }

  @Test
  void givesAnUnreadableAnswerBackWithWhatWasTyped() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    mvc.perform(post("/approvals/a1/decision").with(signedIn("Clinical.Approver")).with(csrf())
            .param("verdict", "APPROVE").param("requestRevision", "1").param("windowChoice", "AT").param("windowFrom", "soon")
            .param("windowMinutes", "99999999999").param("backByHours", "x\"><b>").param("comment", "typed before"))
        .andExpect(status().isUnprocessableEntity())
        .andExpect(content().string(org.hamcrest.Matchers.allOf(
            containsString("typed before"), containsString("give a whole number from 1 to 72"), containsString("give a date and a time"),
            containsString("id=\"f-procedureImpact\""), not(containsString("x\"><b>")))));
    verify(decisions, org.mockito.Mockito.never()).decide(any());
  }

  @Test
  void asksTheSecondPersonOnlyWhetherTheyAgreeToTheChosenWindow() throws Exception {
    ApprovalRequest chosen = new ApprovalRequest("a2", "c1", "p1", "i1", ApprovalState.PENDING, 1, 1, "Clinical.Executive", "PACS", 2,
        NOW, NOW.plusSeconds(900), null, NOW.minusSeconds(60), NOW.plusSeconds(3600), NOW.plusSeconds(7200),
        io.cordon.gate.ProcedureImpact.NONE_RUNNING, "hash");
    when(approvals.find("a2")).thenReturn(Optional.of(chosen));
    when(decisions.decide(any())).thenReturn(new DecisionOutcome(true, "GRANTED", "Approved."));
    mvc.perform(get("/approvals/a2").with(signedIn("Security.Lead")))
        .andExpect(content().string(org.hamcrest.Matchers.allOf(containsString("name=\"verdict\""), not(containsString("name=\"windowChoice\"")))));
    mvc.perform(post("/approvals/a2/decision").with(signedIn("Security.Lead")).with(csrf())
            .param("verdict", "APPROVE").param("requestRevision", "1").param("reasonCode", "NO_PATIENT_IMPACT").param("confirmed", JUST_NOW))
        .andExpect(redirectedUrl("/approvals/a2"));
    verify(decisions).decide(org.mockito.ArgumentMatchers.argThat(d ->
        d.windowFrom() == null && d.windowTo().equals(chosen.windowTo()) && d.backBy().equals(chosen.backBy())));
  }

  @Test
  void takesAnEmergencyFromTheSocAndTheLeadsAndShowsItsAlarms() throws Exception {
    when(cases.find("c1")).thenReturn(Optional.of(new CaseView("c1", "OPEN", "High", "MDE", "m", "d1", null, "PACS", null, null, NOW, null)));
    for (String role : List.of("Soc.Analyst", "Security.Lead", "Clinical.Approver", "Clinical.Executive")) {
      mvc.perform(post("/cases/c1/playbooks/emergencyContainment").with(signedIn(role)).with(csrf())
              .param("reasonCode", "RANSOMWARE_SPREADING").param("onCallSilent", "true"))
          .andExpect(redirectedUrl("/cases/c1"));
    }
    verify(emergencies, org.mockito.Mockito.times(4)).declare(
        org.mockito.ArgumentMatchers.eq("c1"), any(), org.mockito.ArgumentMatchers.eq("RANSOMWARE_SPREADING"), org.mockito.ArgumentMatchers.eq(true));
    for (String role : List.of("Auditor", "Platform.Admin")) {
      mvc.perform(post("/cases/c1/playbooks/emergencyContainment").with(signedIn(role)).with(csrf())).andExpect(status().isForbidden());
    }
    mvc.perform(post("/cases/c1/playbooks/emergencyContainment").with(signedIn("Soc.Analyst"))).andExpect(status().isForbidden());
    when(reachability.unreached()).thenReturn(2);
    when(emergencies.isPossible("c1")).thenReturn(true);
    mvc.perform(get("/cases/c1").with(signedIn("Soc.Analyst"))).andExpect(content().string(org.hamcrest.Matchers.allOf(
        containsString("2 request(s) wait for an answer and nobody could be told"), containsString("id=\"emergency\""))));
    mvc.perform(get("/cases/c1").with(signedIn("Auditor"))).andExpect(content().string(org.hamcrest.Matchers.allOf(
        not(containsString("nobody could be told")), not(containsString("id=\"emergency\"")))));
  }

  @Test
  void takesNoOrdersOfTheSocFromAnybodyElse() throws Exception {
    mvc.perform(post("/cases/c1/playbooks/containLinuxHost").with(signedIn("Clinical.Approver")).with(csrf())).andExpect(status().isForbidden());
    mvc.perform(post("/approvals/a1/withdrawal").with(signedIn("Auditor")).with(csrf())).andExpect(status().isForbidden());
    verifyNoInteractions(withdrawal, campaigns);
  }

  @Test
  void redirectsAfterAnAcceptedAnswer() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    when(decisions.decide(any())).thenReturn(new DecisionOutcome(true, "REJECTED", "No action."));
    mvc.perform(post("/approvals/a1/decision").with(signedIn("Clinical.Approver")).with(csrf())
            .param("verdict", "REJECT").param("requestRevision", "1").param("reasonCode", "RISK_TO_PATIENTS").param("confirmed", JUST_NOW))
        .andExpect(redirectedUrl("/approvals/a1"));
  }

  @Test
  void sendsThePersonToSignIn() throws Exception {
    mvc.perform(get("/oauth2/authorization/entra"))
        .andExpect(status().isFound())
        .andExpect(header().string("Location", containsString("https://login.test/tenant/oauth2/v2.0/authorize")))
        .andExpect(header().string("Location", containsString("code_challenge_method=S256")));
  }

  @Test
  void deniesWhatNoRuleNames() throws Exception {
    mvc.perform(get("/api/anything").header("Authorization", person("Platform.Admin"))).andExpect(status().isForbidden());
    mvc.perform(get("/anything").with(signedIn("Platform.Admin"))).andExpect(status().isForbidden());
  }

  @Test
  void letsOnlyAdministratorsChangeTheRegisterAndTheClinicNotReadIt() throws Exception {
    when(register.export()).thenReturn("register: []\n");
    when(changes.propose(any(), any())).thenReturn(new RegisterChanges.Proposal("g1", List.of(), List.of(line())));
    when(changes.approve(any(), any())).thenReturn(Optional.of(new RegisterOutcome(false, "SAME_PERSON", "Somebody else must decide.")));
    for (String role : List.of("Platform.Admin", "Auditor", "Soc.Analyst", "Security.Lead")) {
      mvc.perform(get("/api/register").header("Authorization", person(role))).andExpect(status().isOk())
          .andExpect(content().contentTypeCompatibleWith("application/yaml"));
    }
    mvc.perform(get("/api/register").header("Authorization", person("Clinical.Approver"))).andExpect(status().isForbidden());
    for (String role : List.of("Auditor", "Soc.Analyst", "Security.Lead", "Clinical.Executive")) {
      for (String address : List.of("/api/register/changes", "/api/register/changes/g1/approval", "/api/register/changes/g1/rejection")) {
        mvc.perform(post(address).header("Authorization", person(role)).contentType("application/yaml").content("register: []"))
            .andExpect(status().isForbidden());
      }
      mvc.perform(post("/register/changes/g1/approval").with(signedIn(role)).with(csrf())).andExpect(status().isForbidden());
    }
    mvc.perform(post("/register/changes/g1/approval").with(signedIn("Platform.Admin"))).andExpect(status().isForbidden());
    org.mockito.Mockito.verifyNoInteractions(changes);
    mvc.perform(post("/api/register/changes").header("Authorization", person("Platform.Admin")).contentType("application/yaml").content("register: []"))
        .andExpect(status().isOk()).andExpect(jsonPath("$.id").value("g1")).andExpect(jsonPath("$.waiting[0].field").value("egress"));
    mvc.perform(post("/api/register/changes/g1/approval").header("Authorization", person("Platform.Admin")))
        .andExpect(status().isConflict()).andExpect(jsonPath("$.code").value("SAME_PERSON"));
    mvc.perform(post("/api/register/changes/g1/rejection").header("Authorization", person("Platform.Admin"))).andExpect(status().isNotFound());
    mvc.perform(post("/api/register/changes").header("Authorization", person("Platform.Admin")).contentType("text/plain").content("x"))
        .andExpect(status().isUnsupportedMediaType());
  }

  @Test
  void letsOnlyAdministratorsChangeThePolicyAndTheClinicNotReadIt() throws Exception {
    PolicyReview review = new PolicyReview(List.of("env UNKNOWN"), List.of(new PolicyReview.Weaker(3, 2, List.of("launch"), "env Prod")));
    PolicyChange change = new PolicyChange("t1", "PROPOSED", "SITE", null, 1, "ab".repeat(32), "tenant", "o2", NOW, null, null, null);
    when(policy.fileInForce()).thenReturn(Optional.of("<definitions/>".getBytes()));
    when(policy.waiting()).thenReturn(List.of(change));
    when(policy.find("t1")).thenReturn(Optional.of(change));
    when(policy.review("t1")).thenReturn(review);
    when(policy.propose(any(), any())).thenReturn(new PolicyChanges.Proposal("t1", "ab".repeat(32), 1, review));
    when(policy.approve(any(), any())).thenReturn(Optional.of(new PolicyOutcome(false, "SAME_PERSON", "Somebody else must decide.")));
    mvc.perform(get("/api/policy").header("Authorization", person("Clinical.Approver"))).andExpect(status().isForbidden());
    mvc.perform(get("/api/policy").header("Authorization", person("Soc.Analyst"))).andExpect(content().string("<definitions/>"));
    for (String role : List.of("Soc.Analyst", "Clinical.Approver", "Clinical.Executive", "Security.Lead", "Auditor")) {
      for (String address : List.of("/api/policy/changes", "/api/policy/changes/t1/approval", "/api/policy/changes/t1/rejection")) {
        mvc.perform(post(address).header("Authorization", person(role)).contentType("application/xml").content("<x/>")).andExpect(status().isForbidden());
      }
      mvc.perform(post("/policy/changes/t1/approval").with(signedIn(role)).with(csrf())).andExpect(status().isForbidden());
    }
    mvc.perform(post("/api/policy/changes").header("Authorization", person("Platform.Admin")).contentType("application/xml").content("<x/>"))
        .andExpect(status().isOk()).andExpect(jsonPath("$.review.weaker[0].row").value(3));
    mvc.perform(get("/api/policy/changes/t1").header("Authorization", person("Auditor")))
        .andExpect(status().isOk()).andExpect(jsonPath("$.review.gaps[0]").value("env UNKNOWN"));
    mvc.perform(post("/api/policy/changes/t1/approval").header("Authorization", person("Platform.Admin")))
        .andExpect(status().isConflict()).andExpect(jsonPath("$.code").value("SAME_PERSON"));
    mvc.perform(get("/policy").with(signedIn("Platform.Admin"))).andExpect(content().string(org.hamcrest.Matchers.allOf(
        containsString("is weaker in launch than row 2"), containsString("/policy/changes/t1/approval"), not(containsString("??")))));
    mvc.perform(get("/policy").with(signedIn("Auditor"))).andExpect(content().string(not(containsString("/policy/changes"))));
  }

  @Test
  void showsStandingRulesAndTakesTheAnswersOfThoseTheyMayName() throws Exception {
    WeeklyWindow sundays = new WeeklyWindow(java.util.Set.of(java.time.DayOfWeek.SUNDAY), java.time.LocalTime.of(1, 0), java.time.LocalTime.of(5, 0));
    StandingRule rule =
        new StandingRule("dev-build", java.util.Set.of("PACS"), java.util.Set.of(), "ISOLATE", "grp-imaging", java.util.Set.of("o1"), NOW, ZoneOffset.UTC, List.of(sundays));
    when(rules.current()).thenReturn(List.of(new RuleVersion(rule, 1, "PROPOSED", "ab".repeat(32), "tenant", "o9", NOW, java.util.Set.of())));
    when(rules.agree(any(), anyInt(), any())).thenReturn(Optional.of(new RuleOutcome(false, "NOT_AN_APPROVER", "Not you.")));
    mvc.perform(get("/rules").with(signedIn("Platform.Admin"))).andExpect(content().string(org.hamcrest.Matchers.allOf(
        containsString("dev-build"), containsString("SUNDAY, 01:00 to 05:00"), containsString("/rules/dev-build/1/withdrawal"), not(containsString("??")))));
    mvc.perform(get("/rules").with(signedIn("Auditor"))).andExpect(content().string(not(containsString("withdrawal"))));
    mvc.perform(get("/rules").with(signedIn("Clinical.Approver"))).andExpect(status().isForbidden());
    mvc.perform(get("/api/rules").header("Authorization", person("Soc.Analyst"))).andExpect(jsonPath("$.items[0].weekly[0].from").value("01:00:00"));
    for (String role : List.of("Soc.Analyst", "Clinical.Approver", "Auditor")) {
      for (String address : List.of("/api/rules", "/api/rules/dev-build/1/agreement", "/api/rules/dev-build/1/withdrawal")) {
        mvc.perform(post(address).header("Authorization", person(role)).contentType(MediaType.APPLICATION_JSON).content("{}")).andExpect(status().isForbidden());
      }
      mvc.perform(post("/rules/dev-build/1/agreement").with(signedIn(role)).with(csrf())).andExpect(status().isForbidden());
    }
    mvc.perform(post("/api/rules").header("Authorization", person("Security.Lead")).contentType(MediaType.APPLICATION_JSON).content("{}")).andExpect(status().isForbidden());
    mvc.perform(post("/api/rules/dev-build/1/agreement").header("Authorization", person("Clinical.Executive")))
        .andExpect(status().isConflict()).andExpect(jsonPath("$.code").value("NOT_AN_APPROVER"));
  }

  @Test
  void saysWhereARegisterFileIsWrongAndRepeatsNothingOfIt() throws Exception {
    io.cordon.assets.register.RegisterUnreadable refused = mock(io.cordon.assets.register.RegisterUnreadable.class);
    when(refused.problem()).thenReturn(io.cordon.assets.register.RegisterUnreadable.Problem.UNKNOWN_FIELD);
    when(refused.line()).thenReturn(4);
    when(refused.sentence()).thenReturn("Line 4, entry 1: there is a field the register does not have. Nothing was changed.");
    when(changes.propose(any(), any())).thenThrow(refused);
    mvc.perform(post("/api/register/changes").header("Authorization", person("Platform.Admin")).contentType("application/yaml").content("Jane-Roe: 1"))
        .andExpect(status().isUnprocessableEntity())
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.code").value("UNKNOWN_FIELD"))
        .andExpect(jsonPath("$.line").value(4))
        .andExpect(content().string(not(containsString("Jane-Roe"))));
  }

  @Test
  void showsTheRegisterAndWhatWaitsAndTakesTheSecondAnswer() throws Exception {
    when(register.all()).thenReturn(List.of(new RegisterEntry("/subscriptions/s/x/machines/pacs-gw-01", 2, java.util.Map.of(RegisterField.ON_SITE_PERSON, "<b>Jane"))));
    when(changes.waiting()).thenReturn(List.of(new RegisterChange("g1", "PROPOSED", "tenant", "o2", NOW, null, null, List.of(line()))));
    mvc.perform(get("/register").with(signedIn("Platform.Admin")))
        .andExpect(status().isOk())
        .andExpect(content().string(org.hamcrest.Matchers.allOf(
            containsString("pacs-gw-01"), containsString("&lt;b&gt;Jane"), containsString("/register/changes/g1/approval"), not(containsString("??")))));
    mvc.perform(get("/register").with(signedIn("Auditor")))
        .andExpect(content().string(org.hamcrest.Matchers.allOf(containsString("egress"), not(containsString("/register/changes/g1/approval")))));
    when(changes.approve(any(), any())).thenReturn(Optional.of(new RegisterOutcome(true, "APPROVED", "In force.")));
    mvc.perform(post("/register/changes/g1/approval").with(signedIn("Platform.Admin")).with(csrf())).andExpect(redirectedUrl("/register"));
  }

  @Test
  void showsWhatProvesTheMachineToTheApprover() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    when(cases.find("c1")).thenReturn(Optional.of(machine("pacs-gw-01")));
    when(proofs.find("c1")).thenReturn(Optional.of(new AssetProof("arc", "mde", List.of(IdentitySource.values()), "Onboarded", "Active",
        "Ubuntu <22>", "Connected", Capability.FULL, List.of(AssetWarning.values()), NOW, false, 0)));
    for (String page : List.of("/approvals/a1", "/cases/c1")) {
      mvc.perform(get(page).with(signedIn("Clinical.Approver")))
          .andExpect(content().string(org.hamcrest.Matchers.allOf(
              containsString("Identity proved by"), containsString("device id in the Arc tag"), containsString("Onboarded and active"),
              containsString("Not in the register"), containsString("Ubuntu &lt;22&gt;"), not(containsString("??")))));
    }
  }

  private static FieldChange line() {
    return new FieldChange("/subscriptions/s/x/machines/pacs-gw-01", RegisterField.EGRESS, 1, null, "DIRECT");
  }

  @Test
  void drawsEveryFieldTypeOfATaskFormAndCompletesItOnce() throws Exception {
    when(tasks.find("t1")).thenReturn(Optional.of(
        new io.cordon.playbook.TaskView("t1", "c1", "Triage <b>", "triage-alert", "Soc.Analyst", NOW, null)));
    when(tasks.form("t1")).thenReturn(io.cordon.playbook.TaskForm.parse(
        """
        {"components":[{"type":"text","text":"Read this"},
        {"type":"textfield","key":"a","label":"A","validate":{"required":true}},{"type":"textarea","key":"b","label":"B"},
        {"type":"select","key":"c","label":"C","values":[{"value":"X","label":"Ex"},
        {"value":"W","label":"We"},{"value":"V","label":"Ve"},{"value":"U","label":"You"}]},
        {"type":"radio","key":"d","label":"D","values":[{"value":"Y","label":"Why"}]},
        {"type":"number","key":"e","label":"E","validate":{"min":1,"max":9}},{"type":"checkbox","key":"f","label":"F"},
        {"type":"datetime","subtype":"datetime","key":"g","dateLabel":"G"}]}
        """));
    mvc.perform(get("/tasks/t1").with(signedIn("Soc.Analyst")))
        .andExpect(status().isOk())
        .andExpect(content().string(org.hamcrest.Matchers.allOf(
            containsString("name=\"_csrf\""), containsString("type=\"datetime-local\""), containsString("<textarea"),
            containsString("<option value=\"X\">Ex</option>"), containsString("type=\"radio\""),
            containsString("type=\"checkbox\""), containsString("Triage &lt;b&gt;"))));
    mvc.perform(post("/tasks/t1").with(signedIn("Soc.Analyst")).with(csrf()).param("a", "1").param("f", "true").param("extra", "no"))
        .andExpect(redirectedUrl("/cases/c1"));
    verify(tasks).complete(org.mockito.ArgumentMatchers.eq("t1"), any(),
        org.mockito.ArgumentMatchers.eq(java.util.Map.of("a", "1", "f", "true")));
    mvc.perform(post("/tasks/t1").with(signedIn("Soc.Analyst")).with(csrf()).param("a", "1").param("c", "<i>Z"))
        .andExpect(status().isUnprocessableEntity())
        .andExpect(content().string(not(containsString("<i>Z"))));
  }

  @Test
  void takesAYesAfterAnOldSignInOnlyWhereThePolicySaysThatTheChannelIsEnough() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    when(decisions.objection(any(), any())).thenReturn(Optional.empty());
    when(decisions.decide(any())).thenReturn(new DecisionOutcome(true, "GRANTED", "Approved."));
    RequestPostProcessor longAgo = signedInAt(NOW.minusSeconds(600));

    mvc.perform(get("/approvals/a1").with(longAgo)).andExpect(content().string(containsString("/approvals/a1/sign-in"))).andExpect(content().string(not(containsString("name=\"verdict\""))));
    mvc.perform(yes(longAgo)).andExpect(status().isConflict()).andExpect(content().string(containsString("/approvals/a1/sign-in")));
    mvc.perform(yes(longAgo).header("Sec-Fetch-Site", "same-origin")).andExpect(status().isConflict())
        .andExpect(header().string("Set-Cookie", containsString("CORDONTYPED="))).andExpect(content().string(containsString("kept in this browser")));
    mvc.perform(get("/approvals/a1/sign-in").with(longAgo)).andExpect(redirectedUrl("/oauth2/authorization/entra?fresh"));
    mvc.perform(get("/approvals/a1/sign-in").param("continue", "").with(longAgo)).andExpect(redirectedUrl("/approvals/a1"));
    mvc.perform(get("/oauth2/authorization/entra").param("fresh", "")).andExpect(header().string("Location", containsString("prompt=login")));
    mvc.perform(get("/oauth2/authorization/entra")).andExpect(header().string("Location", not(containsString("prompt="))));
    verify(decisions, org.mockito.Mockito.never()).decide(any());

    io.cordon.gate.Plan plan = mock(io.cordon.gate.Plan.class);
    when(plan.assurance()).thenReturn("CHANNEL");
    when(plans.find("p1")).thenReturn(Optional.of(plan));
    mvc.perform(yes(longAgo).param("confirmed", JUST_NOW)).andExpect(redirectedUrl("/approvals/a1"));
    verify(decisions).decide(any());
  }

  @Test
  void asksNoDirectoryAboutARequestThatIsSettled() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(new ApprovalRequest("a1", "c1", "p1", "i1", ApprovalState.REJECTED, 1, 1, "Clinical.Approver", "PACS", 1,
        NOW, NOW.plusSeconds(900), null, null, null, null, null, null)));
    mvc.perform(get("/approvals/a1").with(signedIn("Clinical.Approver"))).andExpect(status().isOk());
    verify(decisions, org.mockito.Mockito.never()).objection(any(), any());
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    mvc.perform(get("/approvals/a1").with(signedIn("Clinical.Approver"))).andExpect(status().isOk());
    verify(decisions).objection(any(), any());
  }

  @Test
  void refusesALargeBodyAndALongCommentWhereFieldsAreMeant() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    when(decisions.decide(any())).thenReturn(new DecisionOutcome(true, "HELD", "On hold."));
    String large = "{\"reasonCode\":\"" + "x".repeat(256 << 10) + "\"}";
    for (String path : List.of("/api/approvals/a1/decision", "/api/approvals/a1/withdrawal", "/api/tasks/t1", "/api/cases/c1/playbooks/containLinuxHost")) {
      String who = path.endsWith("decision") ? person("Clinical.Approver") : person("Soc.Analyst");
      mvc.perform(post(path).header("Authorization", who).contentType(MediaType.APPLICATION_JSON).content(large))
          .andExpect(status().isPayloadTooLarge()).andExpect(jsonPath("$.code").value("MESSAGE_TOO_LARGE"));
    }
    mvc.perform(hold("x".repeat(4_001))).andExpect(status().isBadRequest()).andExpect(jsonPath("$.code").value("INVALID_FIELDS"));
    verifyNoInteractions(decisions, withdrawal, tasks);
    mvc.perform(hold("x".repeat(4_000))).andExpect(status().isOk());
  }

  private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder hold(String comment) throws Exception {
    return post("/api/approvals/a1/decision").header("Authorization", person("Clinical.Approver")).contentType(MediaType.APPLICATION_JSON)
        .content("{\"verdict\":\"HOLD\",\"requestRevision\":1,\"comment\":\"" + comment + "\"}");
  }

  @Test
  void readsOnlySomeLargeBodiesOfAlertsAtOnceAndAsksForTheOthersAgain() throws Exception {
    CountDownLatch reading = new CountDownLatch(3);
    CountDownLatch goOn = new CountDownLatch(1);
    when(intake.take(any())).thenAnswer(call -> {
      reading.countDown();
      assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
      return List.of();
    });
    String app = token(OURS, "cordon", "tenant", 60, null, "Alerts.Send");
    List<CompletableFuture<Integer>> taken = Stream.generate(() -> CompletableFuture.supplyAsync(() -> statusOf(largeAlerts(app)), command -> new Thread(command).start()))
        .limit(3).toList();
    assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();

    mvc.perform(post("/api/alerts").header("Authorization", app).contentType(MediaType.APPLICATION_NDJSON).content("{}")).andExpect(status().isAccepted());
    Thread.currentThread().interrupt(); // so that it does not wait for a place
    try {
      mvc.perform(largeAlerts(app)).andExpect(status().isServiceUnavailable()).andExpect(header().string("Retry-After", "5"))
          .andExpect(jsonPath("$.code").value("ALERTS_BUSY"));
    } finally {
      Thread.interrupted();
    }
    goOn.countDown();
    for (CompletableFuture<Integer> one : taken) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(202);
    }
    mvc.perform(largeAlerts(app)).andExpect(status().isAccepted());
  }

  private int statusOf(org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder call) {
    try {
      return mvc.perform(call).andReturn().getResponse().getStatus();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder largeAlerts(String app) {
    return post("/api/alerts").header("Authorization", app).contentType(MediaType.APPLICATION_JSON).content(new byte[(1 << 20) + 1]);
  }

  @Test
  void listsAndOpensWhatWasSealedOfACaseThatWasMergedIntoThisOne() throws Exception {
    UUID ref = UUID.randomUUID();
    when(cases.find("c1")).thenReturn(Optional.of(machine("m")));
    when(cases.mergedInto("c1")).thenReturn(List.of("c0"));
    when(sealed.ofCase("c0")).thenReturn(List.of(new SealedItem(ref, "c0", "alert", "00", NOW)));
    when(sealed.open(any(), any(), any())).thenReturn("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    mvc.perform(get("/api/cases/c1/sealed").header("Authorization", person("Auditor")))
        .andExpect(jsonPath("$.items[0].id").value(ref.toString())).andExpect(jsonPath("$.items[0].caseId").value("c0"));
    mvc.perform(reading("/api/cases/c1/sealed/" + ref + "/reading", "Auditor", "AUDIT")).andExpect(status().isOk());
    mvc.perform(reading("/api/cases/c2/sealed/" + ref + "/reading", "Auditor", "AUDIT")).andExpect(status().isNotFound());
  }

  @Test
  void endsASessionWhoseSignInIsTooOldHoweverBusyItIs() throws Exception {
    when(cases.find("c1")).thenReturn(Optional.of(machine("m")));
    mvc.perform(get("/cases/c1").session(sessionSince(NOW.minus(Duration.ofHours(10)).plusSeconds(1)))).andExpect(status().isOk());
    for (Instant signedIn : java.util.Arrays.asList(NOW.minus(Duration.ofHours(10)), null)) {
      MockHttpSession old = sessionSince(signedIn);
      mvc.perform(get("/cases/c1").header("HX-Request", "true").session(old)).andExpect(redirectedUrlPattern("**/oauth2/authorization/entra"));
      assertThat(old.isInvalid()).isTrue();
    }
    MockHttpSession old = sessionSince(NOW.minus(Duration.ofHours(11)));
    mvc.perform(post("/approvals/a1/decision").session(old).header("Sec-Fetch-Site", "same-origin").param("typedBy", "o1").param("comment", "typed before"))
        .andExpect(status().isSeeOther()).andExpect(header().string("Location", "/approvals/a1")).andExpect(header().string("Set-Cookie", containsString("CORDONTYPED=")));
    assertThat(old.isInvalid()).isTrue();
    MockHttpSession signingIn = sessionSince(NOW.minus(Duration.ofHours(11)));
    mvc.perform(get("/login/oauth2/code/entra").session(signingIn));
    assertThat(signingIn.isInvalid()).isFalse();
  }

  private static MockHttpSession sessionSince(Instant signedIn) {
    var claims = new java.util.HashMap<String, Object>(Map.of("sub", "s", "tid", "tenant", "oid", "o1", "roles", List.of("Soc.Analyst")));
    var person = new DefaultOidcUser(Tokens.authorities(true, List.of("Soc.Analyst")), new OidcIdToken("t", signedIn, null, claims), "oid");
    MockHttpSession session = new MockHttpSession();
    session.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
        new SecurityContextImpl(new OAuth2AuthenticationToken(person, person.getAuthorities(), "entra")));
    return session;
  }

  @Test
  void takesTheLastYesOnlyAfterAFreshSignInAndTheStopAtAnyTime() throws Exception {
    when(approvals.find("a1")).thenReturn(Optional.of(request()));
    when(lastLook.openQuestion(any())).thenReturn(Optional.of(new LastQuestion("a1", "CLEARANCE_WORSE", NOW, NOW.plusSeconds(300), null)));
    when(decisions.objection(any(), any())).thenReturn(Optional.empty());
    when(decisions.refuseUnsure(any(), any())).thenReturn(new DecisionOutcome(false, "STEP_UP_NEEDED", "Sign in again."));
    when(lastAnswer.answer(any(), any(), any())).thenReturn(new DecisionOutcome(true, "PROCEED", "It goes on."));
    RequestPostProcessor longAgo = signedInAt(NOW.minusSeconds(600));

    mvc.perform(get("/approvals/a1").with(longAgo)).andExpect(content().string(org.hamcrest.Matchers.allOf(
        containsString("id=\"sign-in-to-go-on\" href=\"/approvals/a1/sign-in\""), containsString("value=\"STOP\""), not(containsString("value=\"PROCEED\"")))));
    mvc.perform(post("/approvals/a1/last-answer").with(longAgo).with(csrf()).param("answer", "PROCEED"))
        .andExpect(status().isConflict()).andExpect(content().string(containsString("/approvals/a1/sign-in")));
    mvc.perform(lastByApi("PROCEED", NOW.minusSeconds(600))).andExpect(status().isConflict()).andExpect(jsonPath("$.code").value("STEP_UP_NEEDED"));
    verify(lastAnswer, org.mockito.Mockito.never()).answer(any(), any(), any());
    verify(decisions).refuseUnsure(org.mockito.ArgumentMatchers.eq("a1"), any());

    mvc.perform(post("/approvals/a1/last-answer").with(longAgo).with(csrf()).param("answer", "STOP")).andExpect(redirectedUrl("/approvals/a1"));
    mvc.perform(lastByApi("STOP", NOW.minusSeconds(600))).andExpect(status().isOk());
    verify(lastAnswer, org.mockito.Mockito.times(2)).answer(any(), org.mockito.ArgumentMatchers.eq(LastAnswer.Answer.STOP), any());

    mvc.perform(get("/approvals/a1").with(signedIn("Clinical.Approver"))).andExpect(content().string(org.hamcrest.Matchers.allOf(
        not(containsString("sign-in-to-go-on")), containsString("value=\"PROCEED\""))));
    mvc.perform(post("/approvals/a1/last-answer").with(signedIn("Clinical.Approver")).with(csrf()).param("answer", "PROCEED")).andExpect(redirectedUrl("/approvals/a1"));
    mvc.perform(lastByApi("PROCEED", NOW)).andExpect(status().isOk());
    verify(lastAnswer, org.mockito.Mockito.times(2)).answer(any(), org.mockito.ArgumentMatchers.eq(LastAnswer.Answer.PROCEED), any());
  }

  private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder lastByApi(String answer, Instant signedIn) throws Exception {
    return post("/api/approvals/a1/last-answer").header("Authorization", tokenOfASignInAt(signedIn, "Clinical.Approver"))
        .contentType(MediaType.APPLICATION_JSON).content("{\"answer\":\"" + answer + "\"}");
  }

  private static RequestPostProcessor signedInAt(Instant at) {
    return oidcLogin()
        .idToken(token -> token.issuedAt(at).claim("tid", "tenant").claim("oid", "o1").claim("roles", List.of("Clinical.Approver")).claim("auth_time", at.getEpochSecond()))
        .authorities(Tokens.authorities(true, List.of("Clinical.Approver")));
  }

  private static org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder yes(RequestPostProcessor who) {
    return post("/approvals/a1/decision").with(who).with(csrf()).param("verdict", "APPROVE").param("requestRevision", "1").param("reasonCode", "NO_PATIENT_IMPACT")
        .param("windowChoice", "NOW").param("windowMinutes", "60").param("backByHours", "4").param("procedureImpact", "NONE_RUNNING");
  }

  private static CaseView machine(String name) {
    return new CaseView("c1", "OPEN", "High", "MDE", name, "d1", null, "PACS", null, null, NOW, null);
  }

  private static ApprovalRequest request() {
    return new ApprovalRequest("a1", "c1", "p1", "i1", ApprovalState.PENDING, 1, 1, "Clinical.Approver", "PACS", 1,
        NOW, NOW.plusSeconds(900), null, null, null, null, null, null);
  }
}
