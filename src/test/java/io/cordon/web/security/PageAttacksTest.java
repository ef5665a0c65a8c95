package io.cordon.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import io.cordon.alerts.CaseView;
import io.cordon.alerts.QuarantinedAlert;
import io.cordon.assets.AssetProof;
import io.cordon.assets.register.FieldChange;
import io.cordon.assets.register.RegisterChange;
import io.cordon.assets.register.RegisterEntry;
import io.cordon.assets.register.RegisterField;
import io.cordon.evidence.CaseCheck;
import io.cordon.gate.ApprovalRequest;
import io.cordon.gate.PermitView;
import io.cordon.gate.PlanTarget;
import io.cordon.gate.policy.PolicyChange;
import io.cordon.gate.policy.PolicyReview;
import io.cordon.platform.people.Role;
import io.cordon.playbook.CaseSteps.FiredRow;
import io.cordon.playbook.TaskForm;
import io.cordon.playbook.TaskView;
import io.cordon.web.history.CaseStory;
import io.cordon.web.history.PathPicture;
import io.cordon.web.history.StoryLine;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.util.UriUtils;

/** What a scanner or somebody with a browser tries on every page: markup in every field, forged forms, links that lead away, ids of others. */
class PageAttacksTest extends WebSlice {
  /** Leaves an attribute, opens a script, and an element whose handler runs by itself. */
  private static final String HOSTILE = "x'\"></title></textarea></svg><script>alert(1)</script><img src=x onerror=alert(1)>[[${7*7}]]__${7*7}__";
  private static final Pattern ACTIVE =
      Pattern.compile("<img|<style|<script(?![^>]* src=)|<[a-z][^>]*\\s(on[a-z]+|style)=|\\[\\[49]]|__49__");
  private static final Pattern VALUE = Pattern.compile("=\"[^\"]*\"");
  /** What the mocks behind them would have to say; their own tests hold them to it. */
  private static final Set<String> CHECKED_BEHIND =
      Set.of("/api/cases/{id}/legal-holds", "/api/cases/{id}/legal-holds/lifting", "/api/tasks/{id}", "/approvals/{id}/sign-in");
  private static final List<String> PAGES =
      List.of("/cases", "/cases/c1", "/approvals", "/approvals/a1", "/tasks", "/tasks/t1", "/quarantine", "/launch", "/register", "/policy", "/rules", "/history", "/history/c1", "/figures", "/status", "/status/on-duty");
  private static final List<String> FIELDS = List.of("state", "after", "before", "host", "id", "person", "outcome", "service", "from", "to", "continue", "error");

  @Test
  void showsMarkupInEveryFieldAsText() throws Exception {
    fillEverythingWith(HOSTILE);
    int shown = 0;
    for (String page : PAGES) {
      for (String role : mayOpen(page)) {
        MockHttpServletResponse answer = mvc.perform(get(page).with(signedIn(role))).andReturn().getResponse();
        assertThat(answer.getStatus()).as(page + " as " + role).isEqualTo(200);
        assertHarmless(page, answer);
        shown += answer.getContentAsString().contains("&lt;img src=x") ? 1 : 0;
      }
    }
    assertThat(shown).as("pages that show such a field").isGreaterThan(20);
    for (String deed : List.of("/history/c1/verification", "/history/c1/people")) {
      assertHarmless(deed, mvc.perform(post(deed).with(signedIn("Auditor")).with(csrf())).andReturn().getResponse());
    }
  }

  @Test
  void givesNothingOfAnAddressBackAsMarkup() throws Exception {
    String typed = UriUtils.encode(HOSTILE, StandardCharsets.UTF_8);
    fillStatusWith("NONE");
    for (String page : PAGES) {
      for (String field : FIELDS) {
        MockHttpServletRequestBuilder call = get(java.net.URI.create(page + "?" + field + "=" + typed));
        assertHarmless(page + "?" + field, mvc.perform(call.with(signedIn(mayOpen(page).get(0)))).andReturn().getResponse());
      }
    }
    for (String address : List.of("/cases/", "/approvals/", "/tasks/", "/history/", "/")) {
      String role = address.equals("/history/") ? "Auditor" : "Soc.Analyst";
      assertHarmless(address, mvc.perform(get(java.net.URI.create(address + typed.replace("%2F", "_"))).with(signedIn(role))).andReturn().getResponse());
    }
  }

  @Test
  void takesNoFormWithoutItsToken() throws Exception {
    int forms = 0;
    for (AccessRules.Rule rule : AccessRules.CONSOLE) {
      for (Role role : rule.method() == HttpMethod.POST ? rule.roles() : List.<Role>of()) {
        forms++;
        MockHttpServletResponse answer = mvc.perform(post(path(rule.pattern())).with(signedIn(role.claim()))).andReturn().getResponse();
        assertThat(answer.getStatus()).as(rule.pattern() + " as " + role).isEqualTo(403);
        answer = mvc.perform(post(path(rule.pattern())).with(signedIn(role.claim())).with(csrf().useInvalidToken())).andReturn().getResponse();
        assertThat(answer.getStatus()).as(rule.pattern() + " with a wrong token").isEqualTo(403);
      }
    }
    assertThat(forms).isGreaterThan(40);
    assertThat(mvc.perform(post("/logout").with(signedIn("Auditor"))).andReturn().getResponse().getStatus()).isEqualTo(403);
    verifyNoInteractions(decisions, withdrawal, campaigns, emergencies, lastAnswer, changes, policy, rules, stories, check, periodPacks, cabPacks);
  }

  @Test
  void leadsNowhereElse() throws Exception {
    when(approvals.find(any())).thenReturn(Optional.of(filled(ApprovalRequest.class, "c1")));
    for (String elsewhere : List.of("https://evil.test", "//evil.test", "/\\evil.test", "https:evil.test", "/%09/evil.test")) {
      for (String field : List.of("continue", "redirect", "redirect_uri", "returnUrl", "url", "next", "target_link_uri", "post_logout_redirect_uri")) {
        for (String page : List.of("/", "/approvals/a1/sign-in", "/oauth2/authorization/entra", "/signed-out")) {
          assertStays(mvc.perform(get(page).param(field, elsewhere).with(signedIn("Soc.Analyst"))).andReturn().getResponse());
        }
        assertStays(mvc.perform(post("/logout").param(field, elsewhere).with(csrf()).with(signedIn("Soc.Analyst"))).andReturn().getResponse());
      }
      String typed = UriUtils.encode(elsewhere, StandardCharsets.UTF_8).replace("%2F", "_");
      assertStays(mvc.perform(post(java.net.URI.create("/cases/" + typed + "/playbooks/containLinuxHost")).with(csrf()).with(signedIn("Soc.Analyst"))).andReturn().getResponse());
    }
  }

  @Test
  void saysOfEveryIdThatIsNotThereOnlyThatItIsNotThere() throws Exception {
    List<String> answered = new ArrayList<>();
    for (AccessRules.Rule rule : AccessRules.all().filter(one -> one.pattern().contains("{id}") && !CHECKED_BEHIND.contains(one.pattern())).toList()) {
      for (String id : List.of("c-00", "c1'--", "..%2fc1", "%00")) {
        boolean byToken = rule.pattern().startsWith("/api/");
        MockHttpServletRequestBuilder call = request(rule.method(), java.net.URI.create(path(rule.pattern()).replaceFirst("/x1", "/" + id)));
        String role = rule.roles().get(0).claim();
        if (byToken) {
          call.header("Authorization", person(role)).contentType(MediaType.APPLICATION_JSON).content("{}");
        } else {
          call.with(signedIn(role)).with(csrf());
        }
        int status = mvc.perform(call).andReturn().getResponse().getStatus();
        if (status < 400 || status >= 500) {
          answered.add(rule.method() + " " + rule.pattern() + " " + id + ": " + status);
        }
      }
    }
    assertThat(answered).isEmpty();
    verifyNoInteractions(decisions, withdrawal, campaigns, emergencies, lastAnswer, check);
  }

  private static void assertHarmless(String page, MockHttpServletResponse answer) throws Exception {
    String whole = answer.getContentAsString();
    assertThat(whole).as(page).doesNotContainIgnoringCase("=\"javascript:");
    String html = VALUE.matcher(whole).replaceAll("=\"\"");
    assertThat(ACTIVE.matcher(html).results().map(match -> html.substring(Math.max(0, match.start() - 60), Math.min(html.length(), match.end() + 40))).toList())
        .as("what would run on " + page).isEmpty();
    assertThat(whole).as(page).doesNotContain("Exception", "at io.cordon", "whitelabel");
    if (answer.getContentType() != null && answer.getContentType().startsWith("text/html")) {
      assertThat(answer.getHeader("Content-Security-Policy")).as(page)
          .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
          .doesNotContain("unsafe", "*", "http:");
      assertThat(answer.getHeader("X-Content-Type-Options")).as(page).isEqualTo("nosniff");
      assertThat(answer.getHeader("X-Frame-Options")).as(page).isEqualTo("DENY");
      assertThat(answer.getHeader("Referrer-Policy")).as(page).isEqualTo("no-referrer");
      assertThat(answer.getHeader("Cache-Control")).as(page).contains("no-store");
    }
  }

  private static void assertStays(MockHttpServletResponse answer) {
    String location = answer.getHeader("Location");
    if (location != null && location.startsWith("https://login.test/")) {
      assertThat(location).contains("redirect_uri=http").doesNotContain("evil");
    } else if (location != null) {
      assertThat(location).matches("/[a-z0-9].*|/|http://localhost/.*").doesNotStartWith("//");
    }
  }

  private static List<String> mayOpen(String page) {
    String pattern = page.replaceAll("/(c|a|t)1", "/{id}");
    return AccessRules.CONSOLE.stream().filter(rule -> rule.method() == HttpMethod.GET && rule.pattern().equals(pattern)).findFirst().orElseThrow().roles().stream()
        .map(Role::claim).toList();
  }

  private static String path(String pattern) {
    return pattern.replaceAll("\\{[^}]+}", "x1");
  }

  /** All that the pages show, with this text in every field that is a text. */
  private void fillEverythingWith(String text) {
    CaseView one = filled(CaseView.class, text);
    ApprovalRequest asked = filled(ApprovalRequest.class, text);
    TaskView task = filled(TaskView.class, text);
    when(cases.find(any())).thenReturn(Optional.of(one));
    when(cases.list(any(), any(), any(), anyInt())).thenReturn(List.of(one));
    when(search.find(any(), any(), anyInt())).thenReturn(List.of(one));
    when(proofs.find(any())).thenReturn(Optional.of(filled(AssetProof.class, text)));
    when(approvals.find(any())).thenReturn(Optional.of(asked));
    when(approvals.waiting(anyInt())).thenReturn(List.of(asked));
    when(approvals.ofCase(any())).thenReturn(List.of(asked));
    when(permits.ofCase(any())).thenReturn(List.of(filled(PermitView.class, text)));
    when(plans.targets(any())).thenReturn(List.of(filled(PlanTarget.class, text)));
    when(tasks.open(any(), anyInt())).thenReturn(List.of(task));
    when(tasks.ofCase(any())).thenReturn(List.of(task));
    when(tasks.find(any())).thenReturn(Optional.of(task));
    when(tasks.form(any())).thenReturn(new TaskForm(List.of()));
    when(quarantine.list(any(), anyInt())).thenReturn(List.of(filled(QuarantinedAlert.class, text)));
    when(register.all()).thenReturn(List.of(new RegisterEntry(text, 1, Map.of(RegisterField.ON_SITE_PERSON, text))));
    when(changes.waiting()).thenReturn(List.of(new RegisterChange(text, text, text, text, NOW, null, null, List.of(new FieldChange(text, RegisterField.EGRESS, 1, text, text)))));
    PolicyChange change = new PolicyChange(text, "PROPOSED", text, null, 1, "ab".repeat(32), text, text, NOW, text, text, NOW);
    when(policy.waiting()).thenReturn(List.of(change));
    when(policy.review(any())).thenReturn(new PolicyReview(List.of(text), List.of(new PolicyReview.Weaker(1, 2, List.of(text), text))));
    StoryLine line = new StoryLine(1, NOW, text, null, text, text, text, List.of(text), null, 2L);
    StoryLine step = new StoryLine(-1, NOW, text, text, "", "", "", List.of(text), new io.cordon.playbook.CaseSteps.Form(text, 1), null);
    PathPicture picture = new PathPicture(text, 1, "0 0 10 10", 10, List.of(), List.of(), List.of());
    CaseStory story = new CaseStory(one, List.of(line, step), null, List.of(), List.of(picture), List.of(new FiredRow(text, NOW, 1, Map.of(text, text), Map.of(text, text))));
    when(stories.of(any(), anyLong())).thenReturn(Optional.of(story));
    when(stories.withPeople(any(), anyLong(), any())).thenReturn(Optional.of(story));
    when(check.check(any())).thenReturn(new CaseCheck.Report(false, text, 0, 0, text));
    fillStatusWith(text);
  }

  /** A record with this text in every text of it; the rest is as plain as can be. */
  private static <T extends Record> T filled(Class<T> type, String text) {
    try {
      RecordComponent[] parts = type.getRecordComponents();
      Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Object[] values = Arrays.stream(types).map(part -> plain(part, text)).toArray();
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object plain(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    }
    if (type == Instant.class) {
      return NOW.plusSeconds(600);
    }
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class || type == Integer.class) {
      return 1;
    }
    if (type == long.class || type == Long.class) {
      return 1L;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return type == List.class ? List.of() : type == Set.class ? Set.of() : type == Map.class ? Map.of() : null;
  }
}
