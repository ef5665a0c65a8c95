package io.cordon.web.security;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.oidcLogin;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.cordon.alerts.AlertIntake;
import io.cordon.alerts.CaseBook;
import io.cordon.alerts.CaseOpening;
import io.cordon.alerts.CaseSearch;
import io.cordon.alerts.Quarantine;
import io.cordon.alerts.retention.LegalHolds;
import io.cordon.alerts.sources.SourceStates;
import io.cordon.assets.AssetProofs;
import io.cordon.assets.register.AssetRegister;
import io.cordon.assets.register.RegisterChanges;
import io.cordon.channels.ChannelStates;
import io.cordon.channels.pagerduty.OnCall;
import io.cordon.channels.pagerduty.OnCalls;
import io.cordon.channels.pagerduty.webhooks.PagerDutyWebhooks;
import io.cordon.channels.teams.answers.CardAnswers;
import io.cordon.containment.signs.FollowUps;
import io.cordon.containment.watch.OutOfBandActions;
import io.cordon.evidence.CaseCheck;
import io.cordon.evidence.EvidenceBundle;
import io.cordon.evidence.EvidenceLog;
import io.cordon.evidence.EvidenceProofs;
import io.cordon.evidence.LogState;
import io.cordon.evidence.PublishedKeys;
import io.cordon.evidence.anchors.AnchorState;
import io.cordon.evidence.anchors.Anchoring;
import io.cordon.evidence.controls.Coverage;
import io.cordon.gate.ActionsOnCases;
import io.cordon.gate.ApprovalHistory;
import io.cordon.gate.ApprovalRequests;
import io.cordon.gate.BreakGlass;
import io.cordon.gate.DecisionService;
import io.cordon.gate.GateProperties;
import io.cordon.gate.LastAnswer;
import io.cordon.gate.LastLook;
import io.cordon.gate.ModeState;
import io.cordon.gate.OwnQuestions;
import io.cordon.gate.Permits;
import io.cordon.gate.Plans;
import io.cordon.gate.Reachability;
import io.cordon.gate.Withdrawal;
import io.cordon.gate.clearance.ClinicalClearance;
import io.cordon.gate.policy.PolicyChanges;
import io.cordon.gate.rules.StandingRules;
import io.cordon.gate.windows.CalendarState;
import io.cordon.gate.windows.CalendarView;
import io.cordon.gate.windows.MaintenanceWindows;
import io.cordon.gate.windows.WindowLimits;
import io.cordon.platform.mode.OperatingMode;
import io.cordon.platform.sealed.BrowserSeal;
import io.cordon.platform.sealed.SealedStore;
import io.cordon.playbook.PlaybookTasks;
import io.cordon.playbook.ChangeTickets;
import io.cordon.playbook.ProcessStopping;
import io.cordon.playbook.Compensations;
import io.cordon.playbook.Emergencies;
import io.cordon.playbook.StuckSteps;
import io.cordon.playbook.campaign.Campaigns;
import io.cordon.web.cab.CabPacks;
import io.cordon.web.cab.PeriodPacks;
import io.cordon.web.figures.CaseFigures;
import io.cordon.web.figures.Counted;
import io.cordon.web.figures.Figures;
import io.cordon.web.figures.Period;
import io.cordon.web.history.CaseStories;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The real filter chains and controllers with everything behind them mocked; its subclasses share one context. */
@WebMvcTest(
    properties = {
      "cordon.entra.tenant-id=tenant",
      "cordon.entra.client-id=cordon",
      "cordon.entra.authority-host=https://login.test"
    })
@Import(WebSlice.Pages.class)
abstract class WebSlice {
  static final RSAKey OURS = key();
  static final RSAKey FORGED = key();
  static final String WHILE_KEYS_ARE_AWAY = "keys-are-away";
  static final Instant NOW = Instant.parse("2026-11-24T19:00:00Z");

  @Autowired MockMvc mvc;
  @Autowired RequestMappingHandlerMapping requestMappingHandlerMapping;
  @MockitoBean AlertIntake intake;
  @MockitoBean StuckSteps stuckSteps;
  @MockitoBean CaseBook cases;
  @MockitoBean Quarantine quarantine;
  @MockitoBean ApprovalRequests approvals;
  @MockitoBean DecisionService decisions;
  @MockitoBean Withdrawal withdrawal;
  @MockitoBean Permits permits;
  @MockitoBean Plans plans;
  @MockitoBean PlaybookTasks tasks;
  @MockitoBean ProcessStopping stopping;
  @MockitoBean OutOfBandActions past;
  @MockitoBean FollowUps signs;
  @MockitoBean Emergencies emergencies;
  @MockitoBean Compensations compensations;
  @MockitoBean Reachability reachability;
  @MockitoBean BreakGlass breakGlass;
  @MockitoBean Campaigns campaigns;
  @MockitoBean ApprovalHistory history;
  @MockitoBean OnCalls onCalls;
  @MockitoBean OwnQuestions own;
  @MockitoBean ChangeTickets tickets;
  @MockitoBean AssetProofs proofs;
  @MockitoBean AssetRegister register;
  @MockitoBean RegisterChanges changes;
  @MockitoBean PolicyChanges policy;
  @MockitoBean StandingRules rules;
  @MockitoBean EvidenceLog evidence;
  @MockitoBean EvidenceBundle bundle;
  @MockitoBean EvidenceProofs evidenceProofs;
  @MockitoBean PublishedKeys publishedKeys;
  @MockitoBean CabPacks cabPacks;
  @MockitoBean PeriodPacks periodPacks;
  @MockitoBean CaseOpening opening;
  @MockitoBean CaseSearch search;
  @MockitoBean ActionsOnCases actions;
  @MockitoBean CaseStories stories;
  @Autowired MaintenanceWindows windows;
  @MockitoBean CaseFigures figures;
  @MockitoBean ModeState modeState;
  @MockitoBean ChannelStates channelStates;
  @MockitoBean SourceStates sourceStates;
  @MockitoBean LogState logState;
  @MockitoBean Anchoring anchoring;
  @MockitoBean CaseCheck check;
  @MockitoBean Coverage coverage;
  @MockitoBean LegalHolds legalHolds;
  @MockitoBean SealedStore sealed;
  @MockitoBean CardAnswers cardAnswers;
  @MockitoBean ClinicalClearance clearance;
  @MockitoBean LastAnswer lastAnswer;
  @MockitoBean LastLook lastLook;
  @MockitoBean PagerDutyWebhooks webhooks;

  /** The security and console configuration, and a decoder that knows the test's key. */
  @ComponentScan({"io.cordon.web.security", "io.cordon.web.board", "io.cordon.web.console"})
  static class Pages {
    @Bean
    MaintenanceWindows windows() {
      MaintenanceWindows windows = mock(MaintenanceWindows.class);
      when(windows.limits()).thenReturn(WindowLimits.USUAL);
      when(windows.view(any())).thenReturn(new CalendarView(CalendarView.State.NONE, List.of(), null));
      return windows;
    }

    @Bean
    org.springframework.boot.availability.ApplicationAvailability availability() {
      return new org.springframework.boot.availability.ApplicationAvailabilityBean();
    }

    @Bean
    BrowserSeal browserSeal() {
      return new BrowserSeal(new SecretKeySpec(new byte[32], "AES"));
    }

    @Bean
    GateProperties gateProperties() {
      return new GateProperties("tenant", Map.of("PACS", "group-pacs"), 0, null, 0, null, 0);
    }

    @Bean
    io.micrometer.core.instrument.MeterRegistry meters() {
      return new io.micrometer.core.instrument.simple.SimpleMeterRegistry();
    }

    @Bean
    OperatingMode operatingMode() {
      return OperatingMode.LIVE;
    }

    @Bean
    Clock clock() {
      return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    @org.springframework.context.annotation.Primary
    JwtDecoder testTokens(EntraProperties entra) throws Exception {
      NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(OURS.toRSAPublicKey()).build();
      decoder.setJwtValidator(Tokens.accessToken(entra));
      return token -> {
        if (token.equals(WHILE_KEYS_ARE_AWAY)) {
          throw new JwtException("keys cannot be read");
        }
        return decoder.decode(token);
      };
    }
  }

  /** What the pages about figures and about the installation show, with this text wherever one can be. */
  final void fillStatusWith(String text) {
    when(figures.of(any())).thenReturn(figures(text));
    when(modeState.now()).thenReturn(new ModeState.State(OperatingMode.LIVE, OperatingMode.LIVE, NOW));
    when(channelStates.now()).thenReturn(List.of(new ChannelStates.State("TEAMS", NOW, 1, true)));
    when(sourceStates.now()).thenReturn(List.of(new SourceStates.State(text, NOW, 2, text)));
    when(windows.state()).thenReturn(new CalendarState(true, NOW, NOW, text, 1, 1));
    when(logState.now()).thenReturn(new LogState.State(text, false, 1, List.of(new LogState.Signed(1, text, NOW))));
    when(publishedKeys.all()).thenReturn(List.of(new PublishedKeys.Published(text, 0, NOW, null)));
    when(anchoring.states()).thenReturn(List.of(new AnchorState(text, 1, NOW, true)));
    when(onCalls.now(any())).thenReturn(List.of(new OnCall(1, text, NOW)));
  }

  static Figures figures(String reason) {
    LocalDate day = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    Period week = new Period(day.minusDays(6), day, ZoneOffset.UTC);
    return new Figures(week, List.of(), List.of(new Counted(Counted.What.REFUSED, reason, week.weeks().get(0), 1)));
  }

  static RequestPostProcessor signedIn(String role) {
    return oidcLogin()
        .idToken(token -> token.issuedAt(NOW).claim("tid", "tenant").claim("oid", "o1").claim("name", "Jo").claim("roles", List.of(role)).claim("auth_time", NOW.getEpochSecond()))
        .authorities(Tokens.authorities(true, List.of(role)));
  }

  static String person(String role) throws Exception {
    return token(OURS, "cordon", "tenant", 60, "access", role);
  }

  static String token(RSAKey key, String audience, String tenant, long seconds, String scope, String... roles)
      throws Exception {
    return token(NOW, key, audience, tenant, seconds, scope, roles);
  }

  static String tokenOfASignInAt(Instant signedIn, String role) throws Exception {
    return token(signedIn, OURS, "cordon", "tenant", 60, "access", role);
  }

  private static String token(Instant signedIn, RSAKey key, String audience, String tenant, long seconds, String scope, String... roles)
      throws Exception {
    Instant issued = Instant.now().minusSeconds(300);
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder().issuer("https://login.test/tenant/v2.0").audience(audience).claim("tid", tenant)
            .claim("oid", "o1").claim("auth_time", signedIn.getEpochSecond()).claim("scp", scope).claim("roles", List.of(roles)).issueTime(Date.from(issued))
            .expirationTime(Date.from(Instant.now().plusSeconds(seconds))).build();
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
    jwt.sign(new RSASSASigner(key));
    return "Bearer " + jwt.serialize();
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void nothingIsUndone() {
    when(history.undone(any())).thenReturn(ApprovalHistory.Undone.NO);
  }
}
